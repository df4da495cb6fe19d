import { synthStack, testZone } from "@landfall/testing";
import { LogGroup } from "./log-group";

const encryptionKey = { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/logs" };

describe("LogGroup", () => {
  it("is kept for the zone's retention and encrypted with the given key", () => {
    const zone = testZone({ retention: { logDays: 400, archiveDays: 365 } });
    const stack = synthStack(
      (stack) => new LogGroup(stack, "Logs", { logGroupName: "/aws/lambda/work", encryptionKey }),
      { zone },
    );
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/lambda/work",
      retention_in_days: 400,
      kms_key_id: encryptionKey.keyArn,
    });
  });
});
