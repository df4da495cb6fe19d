import { describeRule } from "../testing/cases";
import { guardDutyRules } from "./guardduty";

const rule = (id: string) => {
  const found = guardDutyRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
type More = Record<string, Record<string, object>>;

/** A member's account and region, whose administrator is another account; a topic makes it one that is judged. */
const member = (more: Record<string, object>, provider = "aws.admin") => ({
  aws_sns_topic: { t: {} },
  ...Object.fromEntries(Object.entries(more).map(([type, config]) => [type, { a: { provider, ...config } }])),
});
const rest = {
  provider: {
    aws: [
      { region: "eu-west-1", allowed_account_ids: ["123456789012"] },
      { alias: "admin", region: "eu-west-1", allowed_account_ids: ["210987654321"] },
      { alias: "elsewhere", region: "eu-central-1", allowed_account_ids: ["210987654321"] },
    ],
  },
};
const ORGANIZATION = "aws_guardduty_organization_configuration";
const forAll = { [ORGANIZATION]: { auto_enable_organization_members: "ALL" } };

describeRule(rule("GuardDuty.1"), {
  compliant: [
    { of: "a detector", resource: { aws_guardduty_detector: { d: {} } } },
    { of: "a member of an organization", resource: member(forAll), rest },
    {
      of: "a member by its account's id",
      resource: member({ aws_guardduty_member: { account_id: "123456789012" } }),
      rest,
    },
  ],
  nonCompliant: [
    { of: "a region without a detector", resource: { aws_sns_topic: { t: {} } }, path: "" },
    {
      of: "a detector that is off",
      resource: { aws_guardduty_detector: { d: { enable: false } } },
      path: "aws_guardduty_detector.d.enable",
    },
    { of: "a detector of another account", resource: member({ aws_guardduty_detector: {} }), rest, path: "" },
    {
      of: "an administrator's setting for members, in its own account",
      resource: { [ORGANIZATION]: { a: forAll[ORGANIZATION] } },
      path: "",
    },
    {
      of: "an organization's setting for another region",
      resource: member(forAll, "aws.elsewhere"),
      rest,
      path: "",
    },
    {
      of: "an organization's setting for new accounts",
      resource: member({ [ORGANIZATION]: { auto_enable_organization_members: "NEW" } }),
      rest,
      path: "",
    },
    {
      of: "another member",
      resource: member({ aws_guardduty_member: { account_id: "111111111111" } }),
      rest,
      path: "",
    },
  ],
  unknown: [
    { of: "a detector by a variable", resource: { aws_guardduty_detector: { d: { enable: "${var.on}" } } } },
    {
      of: "a member that the configuration makes",
      resource: {
        ...member({ aws_guardduty_member: { account_id: "${aws_organizations_account.o.id}" } }),
        aws_organizations_account: { o: {} },
      },
      rest,
    },
  ],
});

const feature = (name: string, change: object = {}): More => ({
  aws_guardduty_detector_feature: { f: { name, status: "ENABLED", ...change } },
});
const ofOrganization = (name: string, change: object = {}) =>
  member({ aws_guardduty_organization_configuration_feature: { name, auto_enable: "ALL", ...change } });
const OWN = "aws_guardduty_detector_feature.f";

const PLANS = [
  { control: "GuardDuty.5", name: "EKS_AUDIT_LOGS" },
  { control: "GuardDuty.6", name: "LAMBDA_NETWORK_LOGS" },
  { control: "GuardDuty.8", name: "EBS_MALWARE_PROTECTION" },
  { control: "GuardDuty.9", name: "RDS_LOGIN_EVENTS" },
  { control: "GuardDuty.10", name: "S3_DATA_EVENTS" },
  { control: "GuardDuty.11", name: "RUNTIME_MONITORING" },
] as const;

describe.each(PLANS)("$name", ({ control, name }) => {
  describeRule(rule(control), {
    compliant: [
      { of: "a detector's feature", resource: feature(name) },
      { of: "an organization's feature", resource: ofOrganization(name), rest },
      {
        of: "a member's feature",
        resource: member({
          aws_guardduty_member_detector_feature: { name, status: "ENABLED", account_id: "123456789012" },
        }),
        rest,
      },
      {
        of: "one of an account that the organization's covers too",
        resource: { ...ofOrganization(name), ...feature(name, { status: "DISABLED" }) },
        rest,
      },
    ],
    nonCompliant: [
      { of: "a detector without features", resource: { aws_guardduty_detector: { d: {} } }, path: "" },
      { of: "another feature", resource: feature("EKS_RUNTIME_MONITORING"), path: "" },
      { of: "a feature that is off", resource: feature(name, { status: "DISABLED" }), path: `${OWN}.status` },
      {
        of: "a feature of members, in the administrator's own account",
        resource: {
          aws_guardduty_organization_configuration_feature: { a: { name, auto_enable: "ALL" } },
        },
        path: "",
      },
      {
        of: "a feature of new accounts",
        resource: ofOrganization(name, { auto_enable: "NEW" }),
        rest,
        path: "",
      },
      {
        of: "another member's feature",
        resource: member({
          aws_guardduty_member_detector_feature: { name, status: "ENABLED", account_id: "111111111111" },
        }),
        rest,
        path: "",
      },
    ],
    unknown: [
      { of: "a status by a variable", resource: feature(name, { status: "${var.on}" }) },
      { of: "a feature by a variable", resource: feature("${var.name}") },
      { of: "features whose number is not known", resource: feature(name, { count: "${var.n}" }) },
    ],
  });
});

describe("what a detector of the provider's major 5 says", () => {
  const detector = (datasources: object) => ({
    aws_guardduty_detector: { d: { datasources: [datasources] } },
  });
  const malware = (enable: unknown) =>
    detector({ malware_protection: [{ scan_ec2_instance_with_findings: [{ ebs_volumes: [{ enable }] }] }] });
  const audit = (enable: unknown) => detector({ kubernetes: [{ audit_logs: [{ enable }] }] });
  const objects = (enable: unknown) => detector({ s3_logs: [{ enable }] });

  describe.each([
    {
      control: "GuardDuty.8",
      make: malware,
      path: "malware_protection.scan_ec2_instance_with_findings.ebs_volumes.enable",
    },
    { control: "GuardDuty.5", make: audit, path: "kubernetes.audit_logs.enable" },
    { control: "GuardDuty.10", make: objects, path: "s3_logs.enable" },
  ])("$path", ({ control, make, path }) => {
    describeRule(rule(control), {
      compliant: [{ of: "what is on", resource: make(true) }],
      nonCompliant: [
        { of: "what is off", resource: make(false), path: `aws_guardduty_detector.d.datasources.${path}` },
      ],
      unknown: [{ of: "what a variable says", resource: make("${var.on}") }],
    });
  });
});

const AGENTS = [
  { control: "GuardDuty.7", agent: "EKS_ADDON_MANAGEMENT" },
  { control: "GuardDuty.12", agent: "ECS_FARGATE_AGENT_MANAGEMENT" },
  { control: "GuardDuty.13", agent: "EC2_AGENT_MANAGEMENT" },
] as const;
const RUNTIME = "RUNTIME_MONITORING";
const withAgents = (...additional_configuration: object[]) => feature(RUNTIME, { additional_configuration });

describe.each(AGENTS)("$agent", ({ control, agent }) => {
  describeRule(rule(control), {
    compliant: [
      {
        of: "the agent",
        resource: withAgents({ name: "ANOTHER", status: "DISABLED" }, { name: agent, status: "ENABLED" }),
      },
      {
        of: "an organization's agent",
        resource: ofOrganization(RUNTIME, {
          additional_configuration: [{ name: agent, auto_enable: "ALL" }],
        }),
        rest,
      },
    ],
    nonCompliant: [
      { of: "no agent", resource: feature(RUNTIME), path: `${OWN}.additional_configuration` },
      {
        of: "another agent",
        resource: withAgents({ name: "ANOTHER", status: "ENABLED" }),
        path: `${OWN}.additional_configuration`,
      },
      {
        of: "an agent that is off",
        resource: withAgents({ name: agent, status: "DISABLED" }),
        path: `${OWN}.additional_configuration.status`,
      },
      {
        of: "the agent of a feature that is off",
        resource: feature(RUNTIME, {
          status: "DISABLED",
          additional_configuration: [{ name: agent, status: "ENABLED" }],
        }),
        path: `${OWN}.status`,
      },
      {
        of: "an organization's agent for new accounts",
        resource: ofOrganization(RUNTIME, {
          additional_configuration: [{ name: agent, auto_enable: "NEW" }],
        }),
        rest,
        path: "",
      },
    ],
    unknown: [{ of: "an agent by a variable", resource: withAgents({ name: agent, status: "${var.on}" }) }],
  });
});

describe("EKS_RUNTIME_MONITORING", () => {
  describeRule(rule("GuardDuty.7"), {
    compliant: [
      {
        of: "the older feature with its agent",
        resource: feature("EKS_RUNTIME_MONITORING", {
          additional_configuration: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }],
        }),
      },
    ],
    nonCompliant: [
      {
        of: "the older feature alone",
        resource: feature("EKS_RUNTIME_MONITORING"),
        path: `${OWN}.additional_configuration`,
      },
    ],
  });
});
