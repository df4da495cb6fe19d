import { ANYTHING, type Attack, NOTHING_ALLOWS_IT } from "./row";
import { CHANGERS, arn, arnsEverywhere, everywhere, farRegion, near, objectsIn, on } from "./targets";

/** Attacks on what watches over a zone and fences it in: trails, logs, detection, guards, regions. */
export const GUARD_ATTACKS: readonly Attack[] = [
  {
    id: "stop-trail",
    title: "Stop or delete a trail",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepTrail"],
      "break-glass": ["KeepTrail"],
    },
    requests: (zone, role) =>
      on(["cloudtrail:DeleteTrail", "cloudtrail:StopLogging"], near(zone, role, "aws_cloudtrail")),
  },
  {
    id: "change-trail",
    title: "Change where a trail writes and what it covers",
    roles: { except: ["break-glass"] },
    deniedBy: { workload: [ANYTHING], repair: [ANYTHING], deploy: ["TrailIsFixed"] },
    requests: (zone, role) => on(["cloudtrail:UpdateTrail"], near(zone, role, "aws_cloudtrail")),
  },
  {
    id: "change-selectors",
    title: "Change which events a trail records",
    roles: { except: CHANGERS },
    requests: (zone, role) =>
      on(
        ["cloudtrail:PutEventSelectors", "cloudtrail:PutInsightSelectors"],
        near(zone, role, "aws_cloudtrail"),
      ),
  },
  {
    id: "stop-config",
    title: "Stop or delete the Config recorder and its delivery",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepRecorder"],
      "break-glass": ["KeepRecorder"],
    },
    requests: (zone, role) => [
      ...on(
        ["config:DeleteConfigurationRecorder", "config:StopConfigurationRecorder"],
        arnsEverywhere(zone, role, "config", "configuration-recorder/default/0a1b2c3d"),
      ),
      ...everywhere(zone, ["config:DeleteDeliveryChannel"]),
    ],
  },
  {
    id: "stop-detection",
    title: "Switch off GuardDuty, Security Hub, Inspector, Macie or Access Analyzer",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepDetection"],
      "break-glass": ["KeepDetection"],
    },
    requests: (zone, role) => [
      ...on(
        ["guardduty:DeleteDetector"],
        arnsEverywhere(zone, role, "guardduty", "detector/12abc34d567e8fa901bc2d34e56789f0"),
      ),
      ...on(["securityhub:DisableSecurityHub"], arnsEverywhere(zone, role, "securityhub", "hub/default")),
      ...on(
        ["access-analyzer:DeleteAnalyzer"],
        arnsEverywhere(zone, role, "access-analyzer", `analyzer/${zone.name}`),
      ),
      ...everywhere(zone, [
        "guardduty:DisassociateFromAdministratorAccount",
        "inspector2:Disable",
        "macie2:DisableMacie",
        "macie2:DisassociateFromAdministratorAccount",
      ]),
    ],
  },
  {
    id: "delete-archived-logs",
    title: "Delete archived logs or get around their retention",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepArchive", "KeepLogs", NOTHING_ALLOWS_IT],
      "break-glass": ["KeepArchive", "KeepLogs", NOTHING_ALLOWS_IT],
    },
    requests: (zone, { kind }) => {
      const actions = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectRetention"];
      const lock = ["s3:BypassGovernanceRetention", "s3:PutObjectLegalHold"];
      // In governance mode that is what break-glass is for.
      return kind === "break-glass" && zone.governance
        ? []
        : on([...actions, ...lock], objectsIn([...zone.archives]));
    },
  },
  {
    id: "change-archive",
    title: "Change the policy, lifecycle, lock or versioning of the log archive",
    roles: { except: CHANGERS },
    requests: (zone) =>
      on(
        [
          "s3:PutBucketObjectLockConfiguration",
          "s3:PutBucketPolicy",
          "s3:PutBucketVersioning",
          "s3:PutLifecycleConfiguration",
        ],
        [...zone.archives],
      ),
  },
  {
    id: "delete-archive",
    title: "Delete a bucket of the log archive or its policy",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepArchive", NOTHING_ALLOWS_IT],
      "break-glass": ["KeepArchive", NOTHING_ALLOWS_IT],
    },
    requests: (zone) => on(["s3:DeleteBucket", "s3:DeleteBucketPolicy"], [...zone.archives]),
  },
  {
    id: "delete-trail-logs",
    title: "Delete the log group of a trail",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepTrailLogs"],
      "break-glass": ["KeepTrailLogs"],
    },
    requests: (zone, role) =>
      on(
        ["logs:DeleteLogGroup"],
        near(zone, role, "aws_cloudwatch_log_group").filter((group) => zone.trailLogs.has(group)),
      ),
  },
  {
    id: "shorten-logs",
    title: "Delete a log group or shorten its retention",
    roles: { except: CHANGERS },
    requests: (zone, role) =>
      on(
        ["logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:PutRetentionPolicy"],
        near(zone, role, "aws_cloudwatch_log_group"),
      ),
  },
  {
    id: "remove-guards",
    title: "Switch off an account guard",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepAccountGuards"],
      "break-glass": ["KeepAccountGuards"],
    },
    requests: (zone) => [
      ...everywhere(zone, [
        "ec2:DisableEbsEncryptionByDefault",
        "ec2:DisableImageBlockPublicAccess",
        "ec2:DisableSnapshotBlockPublicAccess",
      ]),
      ...on(["iam:DeleteAccountPasswordPolicy"], ["*"]),
    ],
  },
  {
    id: "loosen-guards",
    title: "Change an account guard that is set and removed by the same action",
    roles: { except: CHANGERS },
    requests: (zone) =>
      everywhere(zone, ["ec2:ModifyVpcBlockPublicAccessOptions", "s3:PutAccountPublicAccessBlock"]),
  },
  {
    id: "leave-organization",
    title: "Leave the organization or close the account",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["StayInOrganization"],
      "break-glass": ["StayInOrganization"],
    },
    requests: (_, role) => [
      ...on(["organizations:LeaveOrganization"], ["*"]),
      ...on(["account:CloseAccount"], [arn(role, "account", "account")]),
    ],
  },
  {
    id: "change-controls",
    title: "Change or delete a service control policy",
    roles: { except: CHANGERS },
    requests: (zone, role) =>
      zone.organization
        ? on(
            ["organizations:DeletePolicy", "organizations:UpdatePolicy"],
            [arn(role, "organizations", "policy/o-landfall00/service_control_policy/p-0a1b2c3d")],
          )
        : [],
  },
  {
    id: "far-region",
    title: "Work in a region that the zone does not use",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["OnlyZoneRegions"],
      "break-glass": ["OnlyZoneRegions"],
    },
    requests: (zone, role) => {
      const region = farRegion(zone);
      return [
        ...on(["lambda:CreateFunction"], [arn(role, "lambda", "function:intruder", region)]),
        ...on(["dynamodb:CreateTable"], [arn(role, "dynamodb", "table/intruder", region)]),
        ...on(["sqs:CreateQueue"], [arn(role, "sqs", "intruder", region)]),
        ...on(["s3:CreateBucket"], ["arn:aws:s3:::intruder"], { region }),
        ...on(["kms:CreateKey"], ["*"], { region }),
      ];
    },
  },
];
