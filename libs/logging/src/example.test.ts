import { synthStack, testZone } from "@landfall/testing";
import { example } from "../example";

describe("the example of logging", () => {
  const stack = synthStack(example, { zone: testZone({ retention: { logDays: 90, archiveDays: 365 } }) });

  it("keeps the archive for a year, the trail of it locked, and the log group for 90 days", () => {
    expect(stack.resource("aws_s3_bucket_object_lock_configuration")).toMatchObject({
      rule: { default_retention: { mode: "GOVERNANCE", days: 365 } },
    });
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 90 });
  });

  it("logs the accesses to the archive, once the bucket that takes them can be written to", () => {
    for (const { target_bucket } of stack.resources("aws_s3_bucket_logging")) {
      expect(target_bucket).toMatch(/^\$\{aws_s3_bucket_policy\.AccessLogs_Policy_\w+\.bucket\}$/);
    }
  });
});
