import { organizationZone, synthApp, testZone } from "@landfall/testing";
import { definition } from "./stack";

describe("SampleStackStack", () => {
  const stacks = Object.values(synthApp({ zone: organizationZone(), definitions: [definition] }));

  it("keeps its logs encrypted, for the zone's retention", () => {
    expect(stacks.length).toBeGreaterThan(0);
    for (const stack of stacks) {
      expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
        kms_key_id: expect.stringContaining("logsKeyArn"),
        retention_in_days: testZone().retention.logDays,
      });
    }
  });

  it("publishes what it promises", () => {
    for (const stack of stacks) {
      expect(stack.resources("aws_ssm_parameter").map(({ name }) => name)).toContain(
        "/landfall/test/sample-stack/logGroupName",
      );
    }
  });
});
