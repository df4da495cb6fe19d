import { type Zone } from "@landfall/core";
import {
  organizationZone,
  type SynthesizedStack,
  statementsOf,
  synthStack,
  testZone,
} from "@landfall/testing";
import { AccountAlarms } from "./account-alarms";
import { accountEvents } from "./account-events";
import { AccountTrail } from "./account-trail";

const logsKey = { keyArn: "arn:logs" };
const trail = (zone: Zone = testZone()): SynthesizedStack =>
  synthStack(
    (stack) => {
      stack.permissionsBoundary("arn:boundary");
      const bucketKey = { keyArn: "arn:archive" };
      const { logGroupName } = new AccountTrail(stack, "Trail", { bucketName: "trail", bucketKey, logsKey });
      const notices = { topicArn: "arn:notices", encryptionKey: { keyArn: "arn:messages" } };
      new AccountAlarms(stack, "Alarms", { logGroupName, notices });
    },
    { zone, definition: { name: "logging", scope: "regional", accounts: "every" } },
  );
const selectorsOf = (stack: SynthesizedStack) =>
  stack.resource("aws_cloudtrail").advanced_event_selector as {
    readonly name: string;
    readonly field_selector: readonly Readonly<Record<string, unknown>>[];
  }[];

describe("AccountTrail", () => {
  const single = trail();

  it("records every region, encrypted and checked for tampering, to the bucket and a log group", () => {
    expect(single.resource("aws_cloudtrail")).toMatchObject({
      name: "test-logging-account",
      s3_bucket_name: "trail",
      kms_key_id: "arn:archive",
      enable_logging: true,
      enable_log_file_validation: true,
      include_global_service_events: true,
      is_multi_region_trail: true,
      is_organization_trail: false,
      cloud_watch_logs_group_arn: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}:\*$/),
    });
    expect(single.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/cloudtrail/test-logging-account",
      kms_key_id: "arn:logs",
      retention_in_days: 30,
    });
  });

  it("records every account of an organization", () => {
    expect(trail(organizationZone()).resource("aws_cloudtrail")).toMatchObject({
      is_organization_trail: true,
    });
  });

  it("records all management events, reading and writing", () => {
    expect(selectorsOf(single)[0]).toEqual({
      name: "Management events",
      field_selector: [{ field: "eventCategory", equals: ["Management"] }],
    });
  });

  it("records what happens to objects of the zone's buckets, but not each log that a service writes", () => {
    const [, objects, logs] = selectorsOf(single);
    expect(objects?.field_selector).toContainEqual({
      field: "resources.ARN",
      starts_with: ["arn:aws:s3:::test-"],
      not_starts_with: ["arn:aws:s3:::test-logging-"],
    });
    expect(logs?.field_selector).toContainEqual({
      field: "resources.ARN",
      starts_with: ["arn:aws:s3:::test-logging-"],
    });
    expect(logs?.field_selector).toContainEqual({ field: "eventName", not_equals: ["PutObject"] });
  });

  it("records no data events where the zone wants none", () => {
    expect(selectorsOf(trail(testZone({ services: { trailDataEvents: false } })))).toHaveLength(1);
  });

  it("writes with a bounded role that can do nothing but that", () => {
    expect(single.resource("aws_iam_role")).toMatchObject({ permissions_boundary: "arn:boundary" });
    const { policy } = single.resource("aws_iam_role_policy");
    expect(Object.values(statementsOf(policy))).toMatchObject([
      {
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}:log-stream:\*$/),
      },
    ]);
    expect(JSON.stringify(single.resource("aws_iam_role").assume_role_policy)).toContain(
      "cloudtrail.amazonaws.com",
    );
  });
});

describe("AccountAlarms", () => {
  const stack = trail();
  const alarms = stack.resources("aws_cloudwatch_metric_alarm");

  it("raises an alarm on each account event and tells of it", () => {
    expect(alarms).toHaveLength(accountEvents("test").length);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        namespace: "Landfall/test",
        statistic: "Sum",
        period: 300,
        evaluation_periods: 1,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        treat_missing_data: "notBreaching",
        alarm_actions: ["arn:notices"],
      });
    }
  });

  it("raises it at the first, unless the event says otherwise", () => {
    const thresholds = Object.fromEntries(alarms.map((alarm) => [String(alarm.alarm_name), alarm.threshold]));
    expect(thresholds["test-logging-root-use"]).toBe(1);
    expect(thresholds["test-logging-unauthorized-calls"]).toBe(5);
  });

  it("counts in the trail's log group what each alarm looks at", () => {
    const filters = stack.resources("aws_cloudwatch_log_metric_filter");
    const counted = filters.map(({ log_group_name, metric_transformation }) => {
      expect(log_group_name).toMatch(/^\$\{aws_cloudwatch_log_group\.Trail_Logs_\w+\.name\}$/);
      return (metric_transformation as { readonly name: string }).name;
    });
    expect(counted.sort()).toEqual(alarms.map(({ metric_name }) => metric_name).sort());
  });
});
