import { type SynthesizedStack, synthApp, synthStack, twoRegionZone } from "@landfall/testing";
import { defineStack, ZoneStack } from "@landfall/stack";
import { ConfigRecorder } from "./config-recorder";
import { Notices } from "./notices";

const record = (stack: ZoneStack) =>
  new ConfigRecorder(stack, "Config", { bucketName: "config", bucketKey: { keyArn: "arn:archive" } });
const definition = defineStack({
  name: "logging",
  scope: "regional",
  accounts: "every",
  build: (scope, props) => record(new ZoneStack(scope, props)),
});
const inRegion = (region: string, zone = twoRegionZone()): SynthesizedStack => {
  const stack = synthApp({ zone, definitions: [definition] })[`test-logging-${region}`];
  if (!stack) throw new Error(`no instance in ${region}`);
  return stack;
};

describe("ConfigRecorder", () => {
  const home = inRegion("eu-west-1");
  const recovery = inRegion("eu-central-1");

  it("records everything, and what has no region at home alone", () => {
    const groupOf = (stack: SynthesizedStack) =>
      stack.resource("aws_config_configuration_recorder").recording_group;
    expect(groupOf(home)).toEqual({ all_supported: true, include_global_resource_types: true });
    expect(groupOf(recovery)).toEqual({ all_supported: true, include_global_resource_types: false });
    for (const stack of [home, recovery]) {
      expect(stack.resource("aws_config_configuration_recorder_status")).toMatchObject({ is_enabled: true });
    }
  });

  it("records what has no region everywhere, where Security Hub does not bring findings together", () => {
    const stack = inRegion("eu-central-1", twoRegionZone({ services: { securityHub: false } }));
    expect(stack.resource("aws_config_configuration_recorder").recording_group).toMatchObject({
      include_global_resource_types: true,
    });
  });

  it("uses the service-linked role, which the home region makes for both", () => {
    expect(home.resource("aws_iam_service_linked_role")).toMatchObject({
      aws_service_name: "config.amazonaws.com",
    });
    expect(home.resource("aws_config_configuration_recorder").role_arn).toMatch(
      /aws_iam_service_linked_role/,
    );
    expect(recovery.resources("aws_iam_service_linked_role")).toEqual([]);
    expect(recovery.resource("aws_config_configuration_recorder").role_arn).toBe(
      "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    );
  });

  it("delivers to the given bucket with its key, every day, and starts only then", () => {
    expect(home.resource("aws_config_delivery_channel")).toMatchObject({
      s3_bucket_name: "config",
      s3_kms_key_arn: "arn:archive",
      snapshot_delivery_properties: { delivery_frequency: "TwentyFour_Hours" },
    });
    expect(home.resource("aws_config_configuration_recorder_status").depends_on).toEqual([
      expect.stringMatching(/^aws_config_delivery_channel\./),
    ]);
  });
});

describe("Notices", () => {
  it("tells the security contact by e-mail of alarms and events", () => {
    const stack = synthStack(
      (stack) => new Notices(stack, "Notices", { encryptionKey: { keyArn: "arn:messages" } }),
    );
    expect(stack.resource("aws_sns_topic_subscription")).toMatchObject({
      protocol: "email",
      endpoint: "security@example.com",
    });
    const { policy } = stack.resource("aws_sns_topic_policy");
    expect(policy).toContain("cloudwatch.amazonaws.com");
    expect(policy).toContain("events.amazonaws.com");
  });
});
