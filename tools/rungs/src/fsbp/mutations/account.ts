import { type Mutation } from "../mutation";
import { type Where } from "../zone-draft";

const isFeature =
  (name: string): Where =>
  (feature) =>
    feature.name === name;

/** A protection plan of GuardDuty is off. */
const planOff = (control: string, name: string): Mutation => ({
  control,
  mutation: `the plan ${name} of a region's detector is disabled`,
  at: "aws_guardduty_detector",
  change: (zone) => zone.set("aws_guardduty_detector_feature", "status", "DISABLED", isFeature(name)),
});

const RUNTIME = "RUNTIME_MONITORING";

/** The agent that runtime monitoring keeps is no longer kept. */
const agentOff = (control: string, agent: string): Mutation => ({
  control,
  mutation: `${RUNTIME} of a region's detector keeps no agent by ${agent}`,
  at: "aws_guardduty_detector",
  change: (zone) => {
    const { additional_configuration: agents } = zone.find(
      "aws_guardduty_detector_feature",
      isFeature(RUNTIME),
    );
    const rest = [agents].flat().filter((each) => !JSON.stringify(each).includes(agent));
    zone.set("aws_guardduty_detector_feature", "additional_configuration", rest, isFeature(RUNTIME));
  },
});

/** A kind of scan of Inspector is off. */
const scanOff = (control: string, kind: string): Mutation => ({
  control,
  mutation: `Inspector of a region scans all but ${kind}`,
  at: "aws_inspector2_enabler",
  change: (zone) =>
    zone.set(
      "aws_inspector2_enabler",
      "resource_types",
      ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"].filter((each) => each !== kind),
    ),
});

/** A setting of Systems Manager has another value. */
const settingOff = (control: string, mutation: string, end: string, value: string): Mutation => ({
  control,
  mutation,
  at: "aws_ssm_service_setting",
  change: (zone) =>
    zone.set("aws_ssm_service_setting", "setting_value", value, ({ setting_id: id }) =>
      String(id).endsWith(end),
    ),
});

const SHARED_DOCUMENT = {
  aws_ssm_document: {
    Added: {
      name: "added",
      document_type: "Command",
      content: JSON.stringify({ schemaVersion: "2.2", description: "Says hello", mainSteps: [] }),
      permissions: { type: "Share", account_ids: "123456789012" },
    },
  },
};

/** How the controls of what watches and guards a whole account are broken. */
export const accountMutations: readonly Mutation[] = [
  {
    control: "CloudTrail.1",
    mutation: "the trail logs one region",
    at: "aws_cloudtrail",
    change: (zone) => zone.set("aws_cloudtrail", "is_multi_region_trail", false),
  },
  {
    control: "CloudTrail.2",
    mutation: "the trail has no key",
    at: "aws_cloudtrail",
    change: (zone) => zone.set("aws_cloudtrail", "kms_key_id", undefined),
  },
  {
    control: "CloudTrail.4",
    mutation: "the trail's files can't be checked for changes",
    at: "aws_cloudtrail",
    change: (zone) => zone.set("aws_cloudtrail", "enable_log_file_validation", false),
  },
  {
    control: "CloudTrail.5",
    mutation: "the trail does not go to CloudWatch Logs",
    at: "aws_cloudtrail",
    change: (zone) => zone.set("aws_cloudtrail", "cloud_watch_logs_group_arn", undefined),
  },
  {
    control: "Config.1",
    mutation: "a region's recorder is stopped",
    at: "aws_config_configuration_recorder",
    change: (zone) => zone.set("aws_config_configuration_recorder_status", "is_enabled", false),
  },
  {
    control: "GuardDuty.1",
    mutation: "a region's detector is suspended",
    at: "aws_guardduty_detector",
    change: (zone) => zone.set("aws_guardduty_detector", "enable", false),
  },
  planOff("GuardDuty.5", "EKS_AUDIT_LOGS"),
  planOff("GuardDuty.6", "LAMBDA_NETWORK_LOGS"),
  agentOff("GuardDuty.7", "EKS_ADDON_MANAGEMENT"),
  planOff("GuardDuty.8", "EBS_MALWARE_PROTECTION"),
  planOff("GuardDuty.9", "RDS_LOGIN_EVENTS"),
  planOff("GuardDuty.10", "S3_DATA_EVENTS"),
  planOff("GuardDuty.11", RUNTIME),
  agentOff("GuardDuty.12", "ECS_FARGATE_AGENT_MANAGEMENT"),
  agentOff("GuardDuty.13", "EC2_AGENT_MANAGEMENT"),
  {
    control: "Macie.1",
    mutation: "Macie of a region is paused",
    at: "aws_macie2_account",
    change: (zone) => zone.set("aws_macie2_account", "status", "PAUSED"),
  },
  scanOff("Inspector.1", "EC2"),
  scanOff("Inspector.2", "ECR"),
  scanOff("Inspector.3", "LAMBDA_CODE"),
  scanOff("Inspector.4", "LAMBDA"),
  {
    control: "SSM.4",
    mutation: "a document is shared with everyone",
    at: "aws_ssm_document",
    add: SHARED_DOCUMENT,
    change: (zone) => zone.set("aws_ssm_document", "permissions.account_ids", "All"),
  },
  settingOff(
    "SSM.6",
    "scripts of a region's automations are not logged",
    "/ssm/automation/customer-script-log-destination",
    "None",
  ),
  settingOff(
    "SSM.7",
    "documents of a region may be shared with everyone",
    "/ssm/documents/console/public-sharing-permission",
    "Enable",
  ),
];
