import { synthStack } from "@landfall/testing";
import { MANAGED_RULES, WebAcl, type WebAclProps } from "./web-acl";

const synth = (change: Partial<WebAclProps> = {}) =>
  synthStack(
    (stack) =>
      new WebAcl(stack, "Guard", {
        name: "front",
        resourceArn: "arn:balancer",
        logsKey: { keyArn: "arn:key" },
        ...change,
      }),
  );

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly statement: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe("WebAcl", () => {
  const stack = synth();
  const rules = (of = stack) => of.resource("aws_wafv2_web_acl").rule as Rule[];

  it("counts requests first, then asks AWS's rules, none of which is only counted", () => {
    expect(rules().map(({ name, priority }) => [name, priority])).toEqual([
      ["RateLimit", 0],
      ["AWSManagedRulesAmazonIpReputationList", 1],
      ["AWSManagedRulesKnownBadInputsRuleSet", 2],
      ["AWSManagedRulesCommonRuleSet", 3],
    ]);
    for (const rule of rules().slice(1)) expect(rule).toMatchObject({ override_action: { none: {} } });
  });

  it("refuses an address that asks too often", () => {
    expect(rules()[0]).toMatchObject({
      action: { block: { custom_response: { response_code: 429 } } },
      statement: {
        rate_based_statement: { limit: 1000, aggregate_key_type: "IP", evaluation_window_sec: 300 },
      },
    });
    expect(rules(synth({ requestsPerFiveMinutes: 50 }))[0]?.statement.rate_based_statement?.limit).toBe(50);
  });

  it("fits AWS's limit of units", () => {
    const units = Object.values(MANAGED_RULES).reduce((sum, each) => sum + each, 2);
    expect(units).toBeLessThanOrEqual(1500);
  });

  it("measures every rule, and keeps no samples of requests", () => {
    for (const rule of [...rules(), stack.resource("aws_wafv2_web_acl")]) {
      expect(rule).toMatchObject({
        visibility_config: { cloudwatch_metrics_enabled: true, sampled_requests_enabled: false },
      });
    }
  });

  it("guards the load balancer", () => {
    expect(stack.resource("aws_wafv2_web_acl_association")).toMatchObject({ resource_arn: "arn:balancer" });
  });

  it("logs every request without credentials, encrypted and kept", () => {
    const name = "aws-waf-logs-test-sample-front";
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      name,
      kms_key_id: "arn:key",
      retention_in_days: 30,
    });
    expect(stack.resource("aws_wafv2_web_acl_logging_configuration")).toMatchObject({
      log_destination_configs: [expect.stringContaining("aws_cloudwatch_log_group.Guard_Logs")],
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
    });
  });

  it("refuses limits that AWS WAF refuses", () => {
    expect(() => synth({ requestsPerFiveMinutes: 9, redactedHeaders: ["Authorization"] })).toThrow(
      /'requestsPerFiveMinutes' must .*\n.*'redactedHeaders' must /,
    );
  });
});
