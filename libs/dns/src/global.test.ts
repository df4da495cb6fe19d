import { statementsOf, synthStack, testZone } from "@landfall/testing";
import { Lazy } from "cdktf";
import { GlobalAlarm, type GlobalAlarmProps } from "./global-alarm";
import { GlobalKey } from "./global-key";
import { GlobalNotices } from "./global-notices";

const token = (expression: string): string => Lazy.stringValue({ produce: () => expression });

const us = { provider: "aws.us-east-1" };

describe("GlobalKey", () => {
  const stack = synthStack((stack) => new GlobalKey(stack, "GlobalKey"));

  it("is a rotated key in us-east-1", () => {
    expect(stack.resource("aws_kms_key")).toMatchObject({
      ...us,
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(stack.resource("aws_kms_alias")).toMatchObject({ ...us, name: "alias/test-global" });
  });

  it("is used by the account's query logs and alarms, and by nobody else", () => {
    const { AdministeredByIam, DenyLosingTheKey, ...users } = statementsOf(
      stack.resource("aws_kms_key").policy,
    );
    expect(JSON.stringify(AdministeredByIam)).not.toMatch(
      /Decrypt|Encrypt|GenerateDataKey|kms:\*|CreateGrant/,
    );
    expect(DenyLosingTheKey).toMatchObject({ Effect: "Deny" });
    expect(users).toEqual({
      QueryLogs: expect.objectContaining({
        Principal: { Service: "logs.us-east-1.amazonaws.com" },
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn":
              "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/*",
          },
        },
      }),
      NoticesOfAlarms: expect.objectContaining({
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      }),
    });
  });
});

describe("GlobalKey of a disposable zone", () => {
  it("may be deleted, after a week", () => {
    const key = synthStack((stack) => new GlobalKey(stack, "GlobalKey"), {
      zone: testZone({ disposable: true }),
    }).resource("aws_kms_key");
    expect(key.deletion_window_in_days).toBe(7);
    expect(statementsOf(key.policy)).not.toHaveProperty("DenyLosingTheKey");
  });
});

describe("GlobalNotices", () => {
  const stack = synthStack(
    (stack) => new GlobalNotices(stack, "GlobalNotices", { encryptionKey: { keyArn: "arn:key" } }),
  );

  it("is an encrypted topic in us-east-1 that writes to the security contact", () => {
    expect(stack.resource("aws_sns_topic")).toMatchObject({ ...us, kms_master_key_id: "arn:key" });
    expect(stack.resource("aws_sns_topic_subscription")).toMatchObject({
      ...us,
      protocol: "email",
      endpoint: "security@example.com",
    });
  });

  it("takes messages of the account's alarms alone, over TLS", () => {
    const { DenyInsecureTransport, ...allowed } = statementsOf(stack.resource("aws_sns_topic_policy").policy);
    expect(DenyInsecureTransport).toMatchObject({ Effect: "Deny" });
    expect(allowed).toEqual({
      Alarms: expect.objectContaining({
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*" },
          StringEquals: { "aws:SourceAccount": "123456789012" },
        },
      }),
    });
  });
});

describe("GlobalAlarm", () => {
  const props: GlobalAlarmProps = {
    name: ["queries"],
    description: "Many queries",
    metricName: "DNSQueries",
    dimensions: { HostedZoneId: "Z1" },
    statistic: "Sum",
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1000,
    periodSeconds: 300,
    missingData: "ignore",
    topicArn: "arn:aws:sns:us-east-1:123456789012:notices",
  };
  const alarm = (change: Partial<GlobalAlarmProps> = {}) =>
    synthStack((stack) => new GlobalAlarm(stack, "Alarm", { ...props, ...change })).resource(
      "aws_cloudwatch_metric_alarm",
    );

  it("watches Route 53 in us-east-1 and tells the topic when it rings and when it is over", () => {
    expect(alarm()).toMatchObject({
      ...us,
      alarm_name: "test-sample-queries",
      namespace: "AWS/Route53",
      actions_enabled: true,
      alarm_actions: [props.topicArn],
      ok_actions: [props.topicArn],
    });
  });

  it("refuses a topic of another region, which it could not reach", () => {
    expect(() => alarm({ topicArn: "arn:aws:sns:eu-west-1:123456789012:notices" })).toThrow(
      /'topicArn' must be the ARN of a topic in us-east-1.*got: "arn:aws:sns:eu-west-1/,
    );
  });

  it("takes a topic that only Terraform knows", () => {
    const topicArn = "${aws_sns_topic.notices.arn}";
    expect(alarm({ topicArn: token(topicArn) }).alarm_actions).toEqual([topicArn]);
  });
});
