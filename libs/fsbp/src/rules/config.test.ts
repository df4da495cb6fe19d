import { describeRule } from "../testing/cases";
import { configRules } from "./config";

const rule = (id: string) => {
  const found = configRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
type More = Record<string, Record<string, object>>;

const RECORDER = "aws_config_configuration_recorder";
const GROUP = `${RECORDER}.r.recording_group`;
const SERVICE_ROLE =
  "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";
const ALL = { all_supported: true, include_global_resource_types: true };
const WITHOUT_GLOBAL = { all_supported: true };
const STATUS: More = { aws_config_configuration_recorder_status: { s: { is_enabled: true } } };
const CHANNEL: More = { aws_config_delivery_channel: { c: { s3_bucket_name: "b" } } };

const recorder = (config: object, more: More = { ...STATUS, ...CHANNEL }) => ({
  [RECORDER]: { r: { role_arn: SERVICE_ROLE, recording_group: [ALL], ...config } },
  ...more,
});
const leavesOut = (...resource_types: string[]) =>
  recorder({
    recording_group: [{ all_supported: false, exclusion_by_resource_types: [{ resource_types }] }],
  });

/** A recorder of the linked region, and one of the home region beside it. */
const linked = (
  home: object,
  aggregator: object = { linking_mode: "ALL_REGIONS" },
  group: object = WITHOUT_GLOBAL,
  provider = "aws.home",
) => ({
  ...recorder({}, { ...STATUS, ...CHANNEL }),
  [RECORDER]: {
    r: { role_arn: SERVICE_ROLE, recording_group: [group] },
    home: { provider, role_arn: SERVICE_ROLE, recording_group: [home] },
  },
  aws_securityhub_finding_aggregator: { a: { provider: "aws.home", ...aggregator } },
});
const REGIONS = {
  provider: {
    aws: [
      { region: "eu-central-1", allowed_account_ids: ["123456789012"] },
      { alias: "home", region: "eu-west-1", allowed_account_ids: ["123456789012"] },
      { alias: "other", region: "eu-west-1", allowed_account_ids: ["210987654321"] },
    ],
  },
};

describeRule(rule("Config.1"), {
  compliant: [
    { of: "a recorder of everything", resource: recorder({}) },
    {
      of: "the service-linked role by reference",
      resource: recorder(
        { role_arn: "${aws_iam_service_linked_role.c.arn}" },
        {
          ...STATUS,
          ...CHANNEL,
          aws_iam_service_linked_role: { c: { aws_service_name: "config.amazonaws.com" } },
        },
      ),
    },
    {
      of: "the service-linked role of an account that is not known",
      resource: recorder({
        role_arn:
          "arn:aws:iam::${var.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
      }),
    },
    {
      of: "the service-linked role as data",
      resource: recorder({ role_arn: "${data.aws_iam_role.c.arn}" }),
      rest: { data: { aws_iam_role: { c: { name: "AWSServiceRoleForConfig" } } } },
    },
    { of: "a linked region", resource: linked(ALL), rest: REGIONS },
    {
      of: "a region that is linked by name",
      resource: linked(ALL, { linking_mode: "SPECIFIED_REGIONS", specified_regions: ["eu-central-1"] }),
      rest: REGIONS,
    },
    {
      of: "a linked region that leaves out what has none",
      resource: linked(ALL, undefined, {
        all_supported: false,
        exclusion_by_resource_types: [{ resource_types: ["AWS::IAM::Role", "AWS::IAM::User"] }],
      }),
      rest: REGIONS,
    },
  ],
  nonCompliant: [
    { of: "a region without a recorder", resource: { aws_sns_topic: { t: {} } }, path: "" },
    { of: "a recorder without a status", resource: recorder({}, CHANNEL), path: "" },
    { of: "a recorder without a channel", resource: recorder({}, STATUS), path: "" },
    {
      of: "a recorder that is off",
      resource: recorder(
        {},
        { ...CHANNEL, aws_config_configuration_recorder_status: { s: { is_enabled: false } } },
      ),
      path: "aws_config_configuration_recorder_status.s.is_enabled",
    },
    {
      of: "a role of one's own",
      resource: recorder(
        { role_arn: "${aws_iam_role.c.arn}" },
        { ...STATUS, ...CHANNEL, aws_iam_role: { c: {} } },
      ),
      path: `${RECORDER}.r.role_arn`,
    },
    {
      of: "a role of one's own by its ARN",
      resource: recorder({ role_arn: "arn:aws:iam::123456789012:role/config" }),
      path: `${RECORDER}.r.role_arn`,
    },
    {
      of: "some types",
      resource: recorder({
        recording_group: [{ all_supported: false, resource_types: ["AWS::S3::Bucket"] }],
      }),
      path: `${GROUP}.all_supported`,
    },
    {
      of: "all types but one",
      resource: leavesOut("AWS::S3::Bucket"),
      path: `${GROUP}.exclusion_by_resource_types.resource_types`,
    },
    {
      of: "nothing of what has no region",
      resource: recorder({ recording_group: [WITHOUT_GLOBAL] }),
      path: `${GROUP}.include_global_resource_types`,
    },
    {
      of: "all types but roles, where no other region records them",
      resource: leavesOut("AWS::IAM::Role"),
      path: `${GROUP}.exclusion_by_resource_types.resource_types`,
    },
    {
      of: "a linked region whose home does not record what has no region",
      resource: linked(WITHOUT_GLOBAL),
      rest: REGIONS,
      path: `${GROUP}.include_global_resource_types`,
    },
    {
      of: "a linked region whose home is recorded in another account alone",
      resource: linked(ALL, undefined, undefined, "aws.other"),
      rest: REGIONS,
      path: `${GROUP}.include_global_resource_types`,
    },
    ...[
      { linking_mode: "NO_REGIONS" },
      { linking_mode: "SPECIFIED_REGIONS", specified_regions: ["us-east-1"] },
      { linking_mode: "ALL_REGIONS_EXCEPT_SPECIFIED", specified_regions: ["eu-central-1"] },
      { linking_mode: "ALL_REGIONS", provider: "aws" },
    ].map((aggregator) => ({
      of: `a region that is not linked by ${JSON.stringify(aggregator)}`,
      resource: linked(ALL, aggregator),
      rest: REGIONS,
      path: `${GROUP}.include_global_resource_types`,
    })),
  ],
  unknown: [
    { of: "a role by a variable", resource: recorder({ role_arn: "${var.role}" }) },
    {
      of: "a role that is looked up by a variable",
      resource: recorder({ role_arn: "${data.aws_ssm_parameter.role.value}" }),
      rest: { data: { aws_ssm_parameter: { role: { name: "/role" } } } },
    },
    {
      of: "types by a variable",
      resource: recorder({ recording_group: [{ ...ALL, all_supported: "${var.all}" }] }),
    },
    { of: "types that are left out by a variable", resource: leavesOut("${var.type}") },
    { of: "recorders whose number is not known", resource: recorder({ count: "${var.n}" }) },
  ],
});
