import { record } from "@landfall/terraform-graph";
import { type Mutation } from "../mutation";
import { type Where } from "../zone-draft";

const FEATURE = "aws_guardduty_organization_configuration_feature";
const RUNTIME = "RUNTIME_MONITORING";

/** What the administrator has for its own account: what it sets for its members is not for itself. */
const isOwn: Where = ({ provider }) => provider === undefined;

const named =
  (name: string): Where =>
  (feature) =>
    feature.name === name;

/** A protection plan is for accounts to come, not for those that are there; and one is off in the administrator's own. */
const plan = (control: string, name: string): readonly Mutation[] => [
  {
    control,
    mutation: `the administrator switches the plan ${name} on for new members only`,
    at: "aws_guardduty_detector",
    caught: "by each member",
    change: (zone) => zone.set(FEATURE, "auto_enable", "NEW", named(name)),
  },
  {
    control,
    mutation: `the plan ${name} is disabled in the administrator's own account`,
    at: "aws_guardduty_detector",
    change: (zone) => zone.set("aws_guardduty_detector_feature", "status", "DISABLED", named(name)),
  },
];

/** An agent that runtime monitoring keeps for members is no longer kept. */
const agent = (control: string, name: string): Mutation => ({
  control,
  mutation: `the administrator's ${RUNTIME} keeps no agent by ${name} for members`,
  at: "aws_guardduty_detector",
  caught: "by each member",
  change: (zone) => {
    const { additional_configuration: agents } = zone.find(FEATURE, named(RUNTIME));
    const changed = [agents].flat().map((each) => {
      const given = record(each);
      return given.name === name ? { ...given, auto_enable: "NONE" } : given;
    });
    zone.set(FEATURE, "additional_configuration", changed, named(RUNTIME));
  },
});

/** The enabler of an administrator for its members: its own account has another one. */
const isOfMembers: Where = ({ account_ids: ids }) => Array.isArray(ids) && ids.length > 1;

/** A kind of scan of Inspector is off for members. */
const scan = (control: string, kind: string): Mutation => ({
  control,
  mutation: `the administrator has Inspector scan all but ${kind} in members`,
  at: "aws_inspector2_enabler",
  caught: "by each member",
  change: (zone) => {
    const { resource_types: kinds } = zone.find("aws_inspector2_enabler", isOfMembers);
    const rest = [kinds].flat().filter((each) => each !== kind);
    zone.set("aws_inspector2_enabler", "resource_types", rest, isOfMembers);
  },
});

/** How the controls are broken that an organization's administrator meets for its members. */
export const organizationMutations: readonly Mutation[] = [
  {
    control: "CloudTrail.1",
    mutation: "the organization's trail is one of its own account only",
    at: "aws_cloudtrail",
    caught: "by each member",
    change: (zone) => zone.set("aws_cloudtrail", "is_organization_trail", false),
  },
  {
    control: "GuardDuty.1",
    mutation: "the detector of the administrator's own account is suspended",
    at: "aws_guardduty_detector",
    change: (zone) => zone.set("aws_guardduty_detector", "enable", false, isOwn),
  },
  ...plan("GuardDuty.5", "EKS_AUDIT_LOGS"),
  ...plan("GuardDuty.6", "LAMBDA_NETWORK_LOGS"),
  agent("GuardDuty.7", "EKS_ADDON_MANAGEMENT"),
  ...plan("GuardDuty.8", "EBS_MALWARE_PROTECTION"),
  ...plan("GuardDuty.9", "RDS_LOGIN_EVENTS"),
  ...plan("GuardDuty.10", "S3_DATA_EVENTS"),
  ...plan("GuardDuty.11", RUNTIME),
  agent("GuardDuty.12", "ECS_FARGATE_AGENT_MANAGEMENT"),
  agent("GuardDuty.13", "EC2_AGENT_MANAGEMENT"),
  {
    control: "Macie.1",
    mutation: "Macie of the administrator's own account is paused",
    at: "aws_macie2_account",
    change: (zone) => zone.set("aws_macie2_account", "status", "PAUSED", isOwn),
  },
  scan("Inspector.1", "EC2"),
  scan("Inspector.2", "ECR"),
  scan("Inspector.3", "LAMBDA_CODE"),
  scan("Inspector.4", "LAMBDA"),
];
