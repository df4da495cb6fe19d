import { type ServiceName, type Zone } from "@landfall/core";
import { type Denial, type ServiceControlPolicy } from "./policy";
import { butFor, exempt } from "./principals";

interface Watched {
  readonly sid: string;
  /** The switch without which there is nothing to protect. @default always on */
  readonly service?: ServiceName;
  /** What ends it: for administrators alone. */
  readonly stopping: readonly string[];
  /** What changes what it sees: for administrators, emergencies and deployments. */
  readonly changing: readonly string[];
}

const WATCHED: readonly Watched[] = [
  {
    sid: "DenyStoppingTrail",
    stopping: ["cloudtrail:DeleteEventDataStore", "cloudtrail:DeleteTrail", "cloudtrail:StopLogging"],
    changing: ["cloudtrail:PutEventSelectors", "cloudtrail:PutInsightSelectors", "cloudtrail:UpdateTrail"],
  },
  {
    sid: "DenyStoppingConfig",
    service: "config",
    stopping: [
      "config:DeleteConfigurationRecorder",
      "config:DeleteDeliveryChannel",
      "config:DeleteRetentionConfiguration",
      "config:StopConfigurationRecorder",
    ],
    changing: [
      "config:DeleteConfigurationAggregator",
      "config:PutConfigurationRecorder",
      "config:PutDeliveryChannel",
      "config:PutRetentionConfiguration",
    ],
  },
  {
    sid: "DenyStoppingGuardDuty",
    service: "guardDuty",
    stopping: [
      "guardduty:DeleteDetector",
      "guardduty:DisassociateFromAdministratorAccount",
      "guardduty:DisassociateFromMasterAccount",
    ],
    changing: [
      "guardduty:ArchiveFindings",
      "guardduty:Create*",
      "guardduty:Delete*",
      "guardduty:DisassociateMembers",
      "guardduty:StopMonitoringMembers",
      "guardduty:Update*",
    ],
  },
  {
    sid: "DenyStoppingSecurityHub",
    service: "securityHub",
    stopping: [
      "securityhub:DisableSecurityHub",
      "securityhub:DisassociateFromAdministratorAccount",
      "securityhub:DisassociateFromMasterAccount",
    ],
    changing: [
      "securityhub:BatchDisableStandards",
      "securityhub:BatchUpdateStandardsControlAssociations",
      "securityhub:DeleteMembers",
      "securityhub:DisassociateMembers",
      "securityhub:BatchDeleteAutomationRules",
      "securityhub:BatchUpdateAutomationRules",
      "securityhub:CreateAutomationRule",
      "securityhub:DeleteConfigurationPolicy",
      "securityhub:DeleteFindingAggregator",
      "securityhub:StartConfigurationPolicyDisassociation",
      "securityhub:UpdateConfigurationPolicy",
      "securityhub:UpdateFindingAggregator",
      "securityhub:UpdateOrganizationConfiguration",
      "securityhub:UpdateSecurityControl",
      "securityhub:UpdateSecurityHubConfiguration",
      "securityhub:UpdateStandardsControl",
    ],
  },
  {
    sid: "DenyStoppingMacie",
    service: "macie",
    stopping: [
      "macie2:DisableMacie",
      "macie2:DisassociateFromAdministratorAccount",
      "macie2:DisassociateFromMasterAccount",
    ],
    changing: [
      "macie2:CreateFindingsFilter",
      "macie2:DeleteMember",
      "macie2:DisassociateMember",
      "macie2:UpdateFindingsFilter",
      "macie2:UpdateMacieSession",
      "macie2:UpdateMemberSession",
    ],
  },
  {
    sid: "DenyStoppingInspector",
    service: "inspector",
    stopping: ["inspector2:Disable", "inspector2:DisableDelegatedAdminAccount"],
    changing: ["inspector2:CreateFilter", "inspector2:DisassociateMember", "inspector2:UpdateFilter"],
  },
  {
    sid: "DenyStoppingAccessAnalyzer",
    stopping: ["access-analyzer:DeleteAnalyzer"],
    changing: ["access-analyzer:CreateArchiveRule", "access-analyzer:UpdateArchiveRule"],
  },
];

/** What sees and records: nobody ends it, and only deployments change it. A service that the zone has off is left out. */
export function detection(zone: Zone): ServiceControlPolicy {
  const watched = WATCHED.filter(({ service }) => service === undefined || zone.services[service]);
  return {
    name: "detection",
    description: "Denies ending or blinding what records and detects",
    statements: [
      ...watched.map(({ sid, stopping }): Denial => ({
        Sid: sid,
        Effect: "Deny",
        Action: stopping,
        Resource: "*",
        Condition: butFor(exempt.administrators()),
      })),
      {
        Sid: "DenyChangingDetection",
        Effect: "Deny",
        Action: watched.flatMap(({ changing }) => changing),
        Resource: "*",
        Condition: butFor(exempt.deployments(zone.name)),
      },
      {
        Sid: "DenyShorteningLogGroups",
        Effect: "Deny",
        Action: [
          "logs:DeleteLogGroup",
          "logs:DeleteLogStream",
          "logs:DeleteRetentionPolicy",
          "logs:DisassociateKmsKey",
          "logs:PutRetentionPolicy",
        ],
        Resource: "*",
        Condition: butFor(exempt.deployments(zone.name)),
      },
    ],
  };
}
