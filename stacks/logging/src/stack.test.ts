import { defineZone, type Zone } from "@landfall/core";
import {
  organizationZone,
  statementsOf,
  synthApp,
  type SynthesizedStack,
  testZone,
  twoRegionZone,
} from "@landfall/testing";
import { definition } from "./stack";

const synth = (zone: Zone) => synthApp({ zone, definitions: [definition] });
const get = (stacks: Record<string, SynthesizedStack>, name: string): SynthesizedStack => {
  const found = stacks[name];
  if (!found) throw new Error(`no instance ${name}, got: ${Object.keys(stacks).join(", ")}`);
  return found;
};
const published = (stack: SynthesizedStack): Record<string, unknown> =>
  Object.fromEntries(
    stack
      .resources("aws_ssm_parameter")
      .map(({ name, value }) => [String(name).split("/").at(-1) ?? "", value]),
  );
const bucketsOf = (stack: SynthesizedStack) =>
  stack
    .resources("aws_s3_bucket")
    .map(({ bucket }) => String(bucket).replace(/^test-logging-|-\d{12}.*$/g, ""));

describe("LoggingStack", () => {
  it("has everything in the only region of a single account", () => {
    const stack = get(synth(testZone()), "test-logging-eu-west-1");
    expect(bucketsOf(stack).sort()).toEqual(["access-logs", "archive", "config", "trail"]);
    expect(stack.resource("aws_cloudtrail")).toMatchObject({ is_organization_trail: false });
    expect(Object.keys(published(stack)).sort()).toEqual([
      "accessLogBucketName",
      "archiveBucketArn",
      "noticesTopicArn",
    ]);
  });

  it("has one trail in two regions, and a recorder and a topic in each", () => {
    const stacks = synth(twoRegionZone());
    const [home, recovery] = ["eu-west-1", "eu-central-1"].map((region) =>
      get(stacks, `test-logging-${region}`),
    );
    expect(home?.resources("aws_cloudtrail")).toHaveLength(1);
    expect(recovery?.resources("aws_cloudtrail")).toEqual([]);
    expect(recovery?.resources("aws_iam_role")).toEqual([]);
    expect(recovery && bucketsOf(recovery).sort()).toEqual(["access-logs", "archive", "config"]);
    for (const stack of [home, recovery]) {
      expect(stack?.resources("aws_config_configuration_recorder")).toHaveLength(1);
      expect(stack?.resources("aws_sns_topic")).toHaveLength(1);
    }
  });

  it("does not record where the zone does not want it", () => {
    const stack = get(synth(testZone({ services: { config: false } })), "test-logging-eu-west-1");
    expect(stack.resources("aws_config_configuration_recorder")).toEqual([]);
    expect(bucketsOf(stack)).not.toContain("config");
  });

  describe("in an organization", () => {
    const stacks = synth(organizationZone());
    const archive = get(stacks, "test-logging-log-archive-eu-west-1");
    const management = get(stacks, "test-logging-management-eu-west-1");
    const workload = get(stacks, "test-logging-workload-eu-central-1");

    it("is deployed to the log archive first", () => {
      expect(Object.keys(stacks)[0]).toBe("test-logging-log-archive-eu-west-1");
    });

    it("archives in the log archive account alone", () => {
      expect(bucketsOf(archive).sort()).toEqual(["access-logs", "archive", "config", "trail"]);
      expect(bucketsOf(management)).toEqual(["access-logs"]);
      expect(bucketsOf(workload)).toEqual(["access-logs"]);
    });

    it("has its one trail in the management account, which writes to the log archive with its key", () => {
      const trails = Object.values(stacks).flatMap((stack) => stack.resources("aws_cloudtrail"));
      expect(trails).toHaveLength(1);
      expect(management.resource("aws_cloudtrail")).toMatchObject({
        is_organization_trail: true,
        s3_bucket_name: "test-logging-trail-333333333333-eu-west-1",
        kms_key_id: expect.stringMatching(/data\.aws_ssm_parameter\.Contract-keys-log-archive/),
      });
      expect(management.resource("aws_cloudwatch_log_group").kms_key_id).not.toMatch(/log-archive/);
      expect(management.resources("aws_cloudwatch_metric_alarm").length).toBeGreaterThan(0);
    });

    it("lets the trail write below the organization's id", () => {
      const policy = archive
        .resources("aws_s3_bucket_policy")
        .map(({ policy }) => statementsOf(policy))
        .find((statements) => "AWSCloudTrailWrite" in statements);
      expect(JSON.stringify(policy?.AWSCloudTrailWrite)).toContain("organizationId");
    });

    it("records in every account to the region's bucket of the log archive", () => {
      expect(workload.resource("aws_config_delivery_channel")).toMatchObject({
        s3_bucket_name: "test-logging-config-333333333333-eu-central-1",
        s3_kms_key_arn: expect.stringMatching(/Contract-keys-log-archive/),
      });
    });

    it("tells every account the archive of its region", () => {
      expect(published(workload).archiveBucketArn).toBe(
        "arn:aws:s3:::test-logging-archive-333333333333-eu-central-1",
      );
    });
  });

  it("archives and records nothing while the organization still makes its accounts", () => {
    const stacks = synth(foundingZone());
    expect(Object.keys(stacks)).toEqual(["test-logging-eu-west-1"]);
    const stack = get(stacks, "test-logging-eu-west-1");
    expect(bucketsOf(stack)).toEqual(["access-logs"]);
    expect(Object.keys(published(stack)).sort()).toEqual(["accessLogBucketName", "noticesTopicArn"]);
    for (const type of ["aws_cloudtrail", "aws_config_configuration_recorder"]) {
      expect(stack.resources(type)).toEqual([]);
    }
  });
});

/** An organization of which only the management account exists yet. */
function foundingZone(): Zone {
  return defineZone({
    name: "test",
    accounts: [
      { name: "management", id: "555555555555", duties: ["management"] },
      { name: "log-archive", email: "logs@example.com", duties: ["log-archive"] },
      { name: "security", email: "security@example.com", duties: ["security"] },
      { name: "shared", email: "shared@example.com", duties: ["network", "workload"] },
    ],
    regions: { home: "eu-west-1" },
    network: { block: "10.0.0.0/12", vpcPrefix: 16 },
    domain: "test.example.com",
    retention: { logDays: 30, archiveDays: 365 },
    contacts: { security: "security@example.com" },
  });
}
