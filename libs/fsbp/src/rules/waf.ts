import { Unknown } from "@landfall/terraform-graph";
import { eachBlock, isSet, mustBeSet, mustBeTrue } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { anyCompanion } from "./companions";

/** At least one block of a name. */
function mustHave(subject: Subject, block: string, wanted: string): Verdict {
  const blocks = subject.blocks(block);
  if (blocks instanceof Unknown) return unknown(block, blocks.reason);
  return blocks.length > 0 ? COMPLIANT : nonCompliant(block, "nothing", wanted);
}

/** A rule for what must not be empty: without it, nothing is let through or blocked by it. */
const notEmpty = (control: string, type: string, block: string, wanted: string): ResourceRule => ({
  control,
  types: [type],
  judge: (subject) => mustHave(subject, block, wanted),
});

/** WAF.10: a web ACL has a rule, in one of the ways in which it can be given. */
const webAclRules: ResourceRule = {
  control: "WAF.10",
  types: ["aws_wafv2_web_acl"],
  judge: (acl) =>
    any(
      mustHave(acl, "rule", "a rule or a rule group"),
      mustBeSet(acl, "rule_json", "a rule or a rule group"),
      anyCompanion(
        acl.related("aws_wafv2_web_acl_rule_group_association", "web_acl_arn"),
        () => COMPLIANT,
        NOT_APPLICABLE,
      ),
    ),
};

/** WAF.12: a rule group and each of its rules are measured. */
const ruleGroupMetrics: ResourceRule = {
  control: "WAF.12",
  types: ["aws_wafv2_rule_group"],
  judge: (group) =>
    all(
      mustBeTrue(group, "visibility_config.cloudwatch_metrics_enabled"),
      eachBlock(
        group,
        "rule",
        (rule) => mustBeTrue(rule, "visibility_config.cloudwatch_metrics_enabled"),
        NOT_APPLICABLE,
      ),
      isSet(group.value("rules_json"))
        ? unknown("rules_json", "rules in JSON are not judged")
        : NOT_APPLICABLE,
    ),
};

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html */
export const wafRules: readonly ResourceRule[] = [
  /** WAF.1: a global web ACL of WAF Classic logs. */
  {
    control: "WAF.1",
    types: ["aws_waf_web_acl"],
    judge: (acl) => mustBeSet(acl, "logging_configuration.log_destination", "where the log goes"),
  },
  notEmpty("WAF.2", "aws_wafregional_rule", "predicate", "a condition"),
  notEmpty("WAF.3", "aws_wafregional_rule_group", "activated_rule", "a rule"),
  notEmpty("WAF.4", "aws_wafregional_web_acl", "rule", "a rule or a rule group"),
  notEmpty("WAF.6", "aws_waf_rule", "predicates", "a condition"),
  notEmpty("WAF.7", "aws_waf_rule_group", "activated_rule", "a rule"),
  notEmpty("WAF.8", "aws_waf_web_acl", "rules", "a rule or a rule group"),
  webAclRules,
  ruleGroupMetrics,
];
