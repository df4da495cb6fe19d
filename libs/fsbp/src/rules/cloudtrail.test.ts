import { describeRule } from "../testing/cases";
import { cloudTrailRules } from "./cloudtrail";

const rule = (id: string) => {
  const found = cloudTrailRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const trail = (config: object) => ({ aws_cloudtrail: { t: { name: "t", ...config } } });
const everywhere = (config: object = {}) => trail({ is_multi_region_trail: true, ...config });
const basic = (selector: object) => everywhere({ event_selector: [selector] });
const advanced = (...fields: object[]) =>
  everywhere({
    advanced_event_selector: [
      { name: "data", field_selector: [{ field: "eventCategory", equals: ["Data"] }] },
      { field_selector: fields },
    ],
  });
const MANAGEMENT = { field: "eventCategory", equals: ["Management"] };

/** A trail that another account keeps; a topic makes this account one that is judged. */
const ofManagement = (config: object) => ({
  aws_sns_topic: { t: {} },
  aws_cloudtrail: {
    t: { provider: "aws.management", is_multi_region_trail: true, is_organization_trail: true, ...config },
  },
});
const TWO_ACCOUNTS = {
  provider: {
    aws: [
      { region: "eu-west-1", allowed_account_ids: ["123456789012"] },
      { alias: "management", region: "eu-west-1", allowed_account_ids: ["210987654321"] },
    ],
  },
};
const T = "aws_cloudtrail.t";

describeRule(rule("CloudTrail.1"), {
  compliant: [
    { of: "a trail of every region", resource: everywhere() },
    { of: "a selector of all management events", resource: basic({ read_write_type: "All" }) },
    { of: "an advanced selector of all management events", resource: advanced(MANAGEMENT) },
    {
      of: "one of two trails",
      resource: { aws_cloudtrail: { one: {}, two: { is_multi_region_trail: true } } },
    },
    { of: "the organization's trail", resource: ofManagement({}), rest: TWO_ACCOUNTS },
  ],
  nonCompliant: [
    { of: "an account without a trail", resource: { aws_sns_topic: { t: {} } }, path: "" },
    { of: "a trail of one region", resource: trail({}), path: `${T}.is_multi_region_trail` },
    {
      of: "a trail that is off",
      resource: everywhere({ enable_logging: false }),
      path: `${T}.enable_logging`,
    },
    {
      of: "writing alone",
      resource: basic({ read_write_type: "WriteOnly" }),
      path: `${T}.event_selector.read_write_type`,
    },
    {
      of: "no management events",
      resource: basic({ include_management_events: false }),
      path: `${T}.event_selector.include_management_events`,
    },
    {
      of: "events of all sources but one",
      resource: basic({ exclude_management_event_sources: ["kms.amazonaws.com"] }),
      path: `${T}.event_selector.exclude_management_event_sources`,
    },
    {
      of: "an advanced selector of writing alone",
      resource: advanced(MANAGEMENT, { field: "readOnly", equals: ["false"] }),
      path: `${T}.advanced_event_selector[0].field_selector`,
    },
    {
      of: "advanced selectors of data alone",
      resource: advanced({ field: "eventCategory", equals: ["Data"] }),
      path: `${T}.advanced_event_selector[0].field_selector`,
    },
    {
      of: "another account's own trail",
      resource: ofManagement({ is_organization_trail: false }),
      rest: TWO_ACCOUNTS,
      path: "",
    },
    {
      of: "the organization's trail of one region",
      resource: ofManagement({ is_multi_region_trail: false }),
      rest: TWO_ACCOUNTS,
      path: "",
    },
  ],
  unknown: [
    { of: "a trail of regions by a variable", resource: trail({ is_multi_region_trail: "${var.all}" }) },
    { of: "selectors by a variable", resource: everywhere({ event_selector: "${var.selectors}" }) },
    { of: "sources by a variable", resource: basic({ exclude_management_event_sources: "${var.sources}" }) },
    {
      of: "the organization's trails whose number is not known",
      resource: ofManagement({ count: "${var.n}" }),
      rest: TWO_ACCOUNTS,
    },
  ],
});

describeRule(rule("CloudTrail.2"), {
  compliant: [
    {
      of: "a KMS key",
      resource: { ...trail({ kms_key_id: "${aws_kms_key.k.arn}" }), aws_kms_key: { k: {} } },
    },
  ],
  nonCompliant: [
    { of: "no key", resource: trail({}), path: "kms_key_id" },
    { of: "an empty key", resource: trail({ kms_key_id: "" }), path: "kms_key_id" },
  ],
  unknown: [{ of: "a key by a variable", resource: trail({ kms_key_id: "${var.key}" }) }],
});

describeRule(rule("CloudTrail.4"), {
  compliant: [{ of: "validation", resource: trail({ enable_log_file_validation: true }) }],
  nonCompliant: [
    { of: "a trail that says nothing", resource: trail({}), path: "enable_log_file_validation" },
  ],
  unknown: [{ of: "validation by a variable", resource: trail({ enable_log_file_validation: "${var.on}" }) }],
});

describeRule(rule("CloudTrail.5"), {
  compliant: [
    {
      of: "a log group",
      resource: {
        ...trail({ cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.g.arn}:*" }),
        aws_cloudwatch_log_group: { g: {} },
      },
    },
  ],
  nonCompliant: [{ of: "no log group", resource: trail({}), path: "cloud_watch_logs_group_arn" }],
  unknown: [{ of: "a log group by a variable", resource: trail({ cloud_watch_logs_group_arn: "${var.g}" }) }],
});
