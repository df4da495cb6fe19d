import { type Mutation } from "../mutation";
import { type Arguments } from "../zone-draft";

const VISIBILITY = { cloudwatch_metrics_enabled: true, metric_name: "added", sampled_requests_enabled: true };

/** A condition of WAF Classic. */
const PREDICATE = { data_id: "abc", negated: false, type: "IPMatch" };
/** A rule that a web ACL or a rule group of WAF Classic applies. */
const APPLIED = { action: { type: "BLOCK" }, priority: 1, rule_id: "abc" };

/** A resource of WAF Classic. */
const classic = (given: Arguments): Arguments => ({ name: "added", metric_name: "added", ...given });

const GLOBAL_ACL = {
  aws_waf_web_acl: {
    Added: classic({
      default_action: { type: "ALLOW" },
      rules: [APPLIED],
      logging_configuration: {
        log_destination: "arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-added",
      },
    }),
  },
};

/** What must not be empty is. */
const emptied = (
  control: string,
  type: string,
  block: string,
  { mutation, given }: { readonly mutation: string; readonly given: Arguments },
): Mutation => ({
  control,
  mutation,
  at: type,
  add: { [type]: { Added: given } },
  change: (zone) => zone.set(type, block, undefined),
});

const GROUP = {
  aws_wafv2_rule_group: {
    Added: {
      name: "added",
      scope: "REGIONAL",
      capacity: 1,
      visibility_config: VISIBILITY,
      rule: [
        {
          name: "countries",
          priority: 1,
          action: { block: {} },
          statement: { geo_match_statement: { country_codes: ["AQ"] } },
          visibility_config: VISIBILITY,
        },
      ],
    },
  },
};

/** How the controls of WAF, classic and current, are broken. */
export const wafMutations: readonly Mutation[] = [
  {
    control: "WAF.1",
    mutation: "a global web ACL does not log",
    at: "aws_waf_web_acl",
    add: GLOBAL_ACL,
    change: (zone) => zone.set("aws_waf_web_acl", "logging_configuration", undefined),
  },
  emptied("WAF.2", "aws_wafregional_rule", "predicate", {
    mutation: "a regional rule has no condition",
    given: classic({ predicate: [PREDICATE] }),
  }),
  emptied("WAF.3", "aws_wafregional_rule_group", "activated_rule", {
    mutation: "a regional rule group has no rule",
    given: classic({ activated_rule: [APPLIED] }),
  }),
  emptied("WAF.4", "aws_wafregional_web_acl", "rule", {
    mutation: "a regional web ACL has no rule",
    given: classic({ default_action: { type: "ALLOW" }, rule: [APPLIED] }),
  }),
  emptied("WAF.6", "aws_waf_rule", "predicates", {
    mutation: "a global rule has no condition",
    given: classic({ predicates: [PREDICATE] }),
  }),
  emptied("WAF.7", "aws_waf_rule_group", "activated_rule", {
    mutation: "a global rule group has no rule",
    given: classic({ activated_rule: [APPLIED] }),
  }),
  {
    control: "WAF.8",
    mutation: "a global web ACL has no rule",
    at: "aws_waf_web_acl",
    add: GLOBAL_ACL,
    change: (zone) => zone.set("aws_waf_web_acl", "rules", undefined),
  },
  emptied("WAF.10", "aws_wafv2_web_acl", "rule", {
    mutation: "a web ACL has no rule",
    given: {
      name: "added",
      scope: "REGIONAL",
      default_action: { allow: {} },
      visibility_config: VISIBILITY,
      rule: GROUP.aws_wafv2_rule_group.Added.rule,
    },
  }),
  {
    control: "WAF.12",
    mutation: "a rule of a rule group is not measured",
    at: "aws_wafv2_rule_group",
    add: GROUP,
    change: (zone) =>
      zone.set("aws_wafv2_rule_group", "rule.0.visibility_config.cloudwatch_metrics_enabled", false),
  },
];
