import { mustBeOneOf, mustBeTrue } from "../expect";
import { type PlaceRule } from "../rule";
import { type Subject } from "../subject";
import { all, any, nonCompliant, NOT_APPLICABLE, type Verdict } from "../verdict";
import { type View } from "../view";
import { anyBlock, ofCompanion } from "./companions";
import { byAdministrators, inRegion, names } from "./organization-services";

/** What may switch it on: in the account, or for it by the organization's administrator. */
const TYPES = [
  "aws_guardduty_detector",
  "aws_guardduty_detector_feature",
  "aws_guardduty_organization_configuration",
  "aws_guardduty_organization_configuration_feature",
  "aws_guardduty_member",
  "aws_guardduty_member_detector_feature",
] as const;

/** A feature of GuardDuty, and the agent that it has to keep. */
interface Feature {
  readonly name: string;
  readonly agent?: string;
  /** Where a detector of the provider's major 5 may say so instead. */
  readonly datasource?: string;
}

/** How a resource says that a feature is on: a detector's by its status, an organization's by whom it is for. */
interface Switch {
  readonly path: string;
  readonly on: string;
}

const STATUS: Switch = { path: "status", on: "ENABLED" };
/** NEW is for accounts to come: it leaves those that are there as they are. */
const FOR_MEMBERS: Switch = { path: "auto_enable", on: "ALL" };

/** Whether a resource switches a feature on; not applicable where it is about another one. */
function switchesOn(resource: View, { name, agent }: Feature, { path, on }: Switch): Verdict {
  const isIt = mustBeOneOf(resource, "name", [name]);
  if (isIt.status !== "compliant") return isIt.status === "unknown" ? isIt : NOT_APPLICABLE;
  const isOn = mustBeOneOf(resource, path, [on]);
  if (agent === undefined) return isOn;
  const block = "additional_configuration";
  const none = nonCompliant(block, "nothing", `${agent} with ${on}`);
  return all(
    isOn,
    anyBlock(
      resource,
      block,
      (each) => {
        const verdict = switchesOn(each, { name: agent }, { path, on });
        return verdict.status === "not-applicable" ? none : verdict;
      },
      none,
    ),
  );
}

const detectors = (here: readonly Subject[], type: string): readonly Subject[] =>
  here.filter(({ resource }) => resource.type === type);

/** GuardDuty.1: GuardDuty is on: by a detector of the account, or as a member. */
const isOn: PlaceRule = {
  control: "GuardDuty.1",
  each: "region",
  types: TYPES,
  judge: (here, place, subjects) =>
    any(
      ...detectors(here, "aws_guardduty_detector").map((each) =>
        ofCompanion(each, mustBeTrue(each, "enable", true)),
      ),
      nonCompliant(
        "",
        "no aws_guardduty_detector in the region",
        "one that is enabled, or an organization's",
      ),
      ...byAdministrators(subjects, "aws_guardduty_organization_configuration", place).map((each) =>
        ofCompanion(each, mustBeOneOf(each, "auto_enable_organization_members", ["ALL"])),
      ),
      ...inRegion(subjects, "aws_guardduty_member", place).map((each) =>
        ofCompanion(each, names(each, "account_id", place)),
      ),
    ),
};

/** What a detector of the provider's major 5 says of a feature. */
const byDatasource = (detector: Subject, { datasource }: Feature): Verdict =>
  datasource === undefined || detector.value(`datasources.${datasource}`) === null
    ? NOT_APPLICABLE
    : mustBeTrue(detector, `datasources.${datasource}`);

/** A control that asks for one of some features. AWS tells of members at their administrator; here each account is told of. */
const plan = (control: string, ...features: readonly [Feature, ...Feature[]]): PlaceRule => ({
  control,
  each: "region",
  types: TYPES,
  judge: (here, place, subjects) => {
    const wanted = features.map(({ name, agent }) => (agent ? `${name} with ${agent}` : name)).join(", or ");
    const own = features.flatMap((feature) => [
      ...detectors(here, "aws_guardduty_detector_feature").map((each) =>
        ofCompanion(each, switchesOn(each, feature, STATUS)),
      ),
      ...detectors(here, "aws_guardduty_detector").map((each) =>
        ofCompanion(each, byDatasource(each, feature)),
      ),
    ]);
    const asMember = features.flatMap((feature) => [
      ...byAdministrators(subjects, "aws_guardduty_organization_configuration_feature", place).map((each) =>
        ofCompanion(each, switchesOn(each, feature, FOR_MEMBERS)),
      ),
      ...inRegion(subjects, "aws_guardduty_member_detector_feature", place).map((each) =>
        ofCompanion(each, all(names(each, "account_id", place), switchesOn(each, feature, STATUS))),
      ),
    ]);
    const none = nonCompliant(
      "",
      "no such aws_guardduty_detector_feature in the region, nor one for all of an organization",
      wanted,
    );
    return any(...own, none, ...asMember);
  },
});

const RUNTIME = "RUNTIME_MONITORING";

export const guardDutyRules: readonly PlaceRule[] = [
  isOn,
  /** GuardDuty.5: audit logs of EKS clusters are watched. */
  plan("GuardDuty.5", { name: "EKS_AUDIT_LOGS", datasource: "kubernetes.audit_logs.enable" }),
  /** GuardDuty.6: the network activity of Lambda functions is. */
  plan("GuardDuty.6", { name: "LAMBDA_NETWORK_LOGS" }),
  /** GuardDuty.7: what runs in EKS clusters is, by an agent that GuardDuty keeps. */
  plan(
    "GuardDuty.7",
    { name: RUNTIME, agent: "EKS_ADDON_MANAGEMENT" },
    { name: "EKS_RUNTIME_MONITORING", agent: "EKS_ADDON_MANAGEMENT" },
  ),
  /** GuardDuty.8: volumes of suspicious instances are scanned. */
  plan("GuardDuty.8", {
    name: "EBS_MALWARE_PROTECTION",
    datasource: "malware_protection.scan_ec2_instance_with_findings.ebs_volumes.enable",
  }),
  /** GuardDuty.9: sign-ins to Aurora databases are watched. */
  plan("GuardDuty.9", { name: "RDS_LOGIN_EVENTS" }),
  /** GuardDuty.10: what is done to objects of buckets is. */
  plan("GuardDuty.10", { name: "S3_DATA_EVENTS", datasource: "s3_logs.enable" }),
  /** GuardDuty.11: what runs is. */
  plan("GuardDuty.11", { name: RUNTIME }),
  /** GuardDuty.12: what runs on Fargate is, by an agent that GuardDuty keeps. */
  plan("GuardDuty.12", { name: RUNTIME, agent: "ECS_FARGATE_AGENT_MANAGEMENT" }),
  /** GuardDuty.13: what runs on instances is. */
  plan("GuardDuty.13", { name: RUNTIME, agent: "EC2_AGENT_MANAGEMENT" }),
];
