import { synthStack, testZone } from "@landfall/testing";
import { Lazy } from "cdktf";
import { type CheckerRegion, HealthCheck, type HealthCheckProps } from "./health-check";

const token = (expression: string): string => Lazy.stringValue({ produce: () => expression });

const props: HealthCheckProps = {
  name: "orders",
  fqdn: "eu.www.test.example.com",
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:notices",
};
const check = (change: Partial<HealthCheckProps> = {}, zone = testZone()) =>
  synthStack((stack) => new HealthCheck(stack, "HealthCheck", { ...props, ...change }), { zone });

describe("HealthCheck", () => {
  it("asks for the root over HTTPS, every 30 seconds, from everywhere", () => {
    const found = check().resource("aws_route53_health_check");
    expect(found).toMatchObject({
      type: "HTTPS",
      fqdn: "eu.www.test.example.com",
      port: 443,
      enable_sni: true,
      resource_path: "/",
      request_interval: 30,
      failure_threshold: 3,
      tags: { Name: "test-sample-orders-eu-west-1" },
    });
    expect(found).not.toHaveProperty("regions");
  });

  it("asks otherwise where asked", () => {
    const regions: CheckerRegion[] = ["eu-west-1", "us-east-1", "us-west-2"];
    expect(
      check({ path: "/health", requestIntervalSeconds: 10, failureThreshold: 1, regions }).resource(
        "aws_route53_health_check",
      ),
    ).toMatchObject({ resource_path: "/health", request_interval: 10, failure_threshold: 1, regions });
  });

  it("rings in us-east-1 when it is unhealthy or no longer reports", () => {
    expect(check().resource("aws_cloudwatch_metric_alarm")).toMatchObject({
      provider: "aws.us-east-1",
      // With the region: both regions' stacks have their alarms in one.
      alarm_name: "test-sample-orders-eu-west-1-unhealthy",
      metric_name: "HealthCheckStatus",
      dimensions: { HealthCheckId: expect.stringContaining("aws_route53_health_check.") },
      statistic: "Minimum",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      treat_missing_data: "breaching",
      alarm_actions: [props.alarmTopicArn],
    });
  });

  it("needs no second provider in us-east-1", () => {
    const stack = check({}, testZone({ regions: { home: "us-east-1" } }));
    expect(stack.resource("aws_cloudwatch_metric_alarm").provider).toBe("aws");
  });

  it("takes an endpoint and a topic that only Terraform knows", () => {
    const [fqdn, topicArn] = ["${aws_lb.main.dns_name}", "${aws_sns_topic.notices.arn}"];
    const stack = check({ fqdn: token(fqdn), alarmTopicArn: token(topicArn) });
    expect(stack.resource("aws_route53_health_check").fqdn).toBe(fqdn);
    expect(stack.resource("aws_cloudwatch_metric_alarm").alarm_actions).toEqual([topicArn]);
  });

  it.each<[keyof HealthCheckProps, unknown, string]>([
    ["fqdn", "https://www.test.example.com", "a lower-case DNS name without a wildcard"],
    ["fqdn", "*.test.example.com", "a lower-case DNS name without a wildcard"],
    ["path", "health", "a path with a leading slash"],
    ["path", `/${"a".repeat(255)}`, "a path with a leading slash"],
    ["requestIntervalSeconds", 20, "10 or 30"],
    ["failureThreshold", 0, "a whole number from 1 to 10"],
    ["failureThreshold", 11, "a whole number from 1 to 10"],
    ["regions", ["eu-west-1", "us-east-1", "us-east-1"], "at least 3 of"],
    ["regions", ["eu-west-1", "us-east-1", "eu-central-1"], "at least 3 of"],
    ["alarmTopicArn", "arn:aws:sns:eu-west-1:123456789012:notices", "the ARN of a topic in us-east-1"],
  ])("refuses %s %j", (prop, value, allowed) => {
    expect(() => check({ [prop]: value })).toThrow(`'${prop}' must be ${allowed}`);
  });
});
