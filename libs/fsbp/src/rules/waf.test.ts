import { describeRule } from "../testing/cases";
import { wafRules } from "./waf";

const rule = (id: string) => {
  const found = wafRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};

describeRule(rule("WAF.1"), {
  compliant: [
    {
      of: "logs",
      resource: { aws_waf_web_acl: { a: { logging_configuration: { log_destination: "arn" } } } },
    },
  ],
  nonCompliant: [
    {
      of: "no logs",
      resource: { aws_waf_web_acl: { a: {} } },
      path: "logging_configuration.log_destination",
    },
  ],
  unknown: [
    { of: "logs by a variable", resource: { aws_waf_web_acl: { a: { logging_configuration: "${var.l}" } } } },
  ],
});

describe.each([
  ["WAF.2", "aws_wafregional_rule", "predicate"],
  ["WAF.3", "aws_wafregional_rule_group", "activated_rule"],
  ["WAF.4", "aws_wafregional_web_acl", "rule"],
  ["WAF.6", "aws_waf_rule", "predicates"],
  ["WAF.7", "aws_waf_rule_group", "activated_rule"],
  ["WAF.8", "aws_waf_web_acl", "rules"],
])("%s", (id, type, block) => {
  const given = (value?: unknown) => ({ [type]: { a: value === undefined ? {} : { [block]: value } } });
  describeRule(rule(id), {
    compliant: [{ of: `${type} with ${block}`, resource: given([{ priority: 1 }]) }],
    nonCompliant: [
      { of: `${type} without`, resource: given(), path: block },
      { of: `${type} with an empty list`, resource: given([]), path: block },
    ],
    unknown: [{ of: `${type} by a variable`, resource: given("${var.blocks}") }],
  });
});

const acl = (config: object, association: object = {}) => ({
  aws_wafv2_web_acl: { a: config },
  aws_wafv2_web_acl_rule_group_association: { g: association },
});

describeRule(rule("WAF.10"), {
  compliant: [
    { of: "a rule", resource: acl({ rule: [{ name: "r" }] }) },
    { of: "rules in JSON", resource: acl({ rule_json: "[{}]" }) },
    { of: "a rule group", resource: acl({}, { web_acl_arn: "${aws_wafv2_web_acl.a.arn}" }) },
  ],
  nonCompliant: [{ of: "no rule", resource: acl({}), path: "rule" }],
  unknown: [
    { of: "rules by a variable", resource: acl({ rule: "${var.rules}" }) },
    { of: "a rule group of nobody knows which web ACL", resource: acl({}, { web_acl_arn: "${var.acl}" }) },
  ],
});

const metrics = (cloudwatch_metrics_enabled: unknown) => ({
  visibility_config: { cloudwatch_metrics_enabled },
});
const group = (config: object) => ({ aws_wafv2_rule_group: { g: config } });

describeRule(rule("WAF.12"), {
  compliant: [{ of: "metrics", resource: group({ ...metrics(true), rule: [metrics(true)] }) }],
  nonCompliant: [
    {
      of: "a group without metrics",
      resource: group({ ...metrics(false), rule: [metrics(true)] }),
      path: "visibility_config.cloudwatch_metrics_enabled",
    },
    {
      of: "a rule without metrics",
      resource: group({ ...metrics(true), rule: [metrics(true), metrics(false)] }),
      path: "rule[1].visibility_config.cloudwatch_metrics_enabled",
    },
  ],
  unknown: [
    { of: "metrics by a variable", resource: group(metrics("${var.metrics}")) },
    { of: "rules in JSON", resource: group({ ...metrics(true), rules_json: "[]" }) },
  ],
});
