import { type Zone, zoneRegions } from "@landfall/core";
import { type Statement } from "../policy-document";

/** The region of the services that are not regional. */
const GLOBAL_REGION = "us-east-1";

/** The regions that a role of the zone may call. */
export const reachableRegions = (zone: Zone): readonly string[] => [
  ...new Set([...zoneRegions(zone), GLOBAL_REGION]),
];

/** Nobody works in a region that is not the zone's, where nothing watches, but for what answers for the whole world. */
export const staysInRegions = (zone: Zone): readonly Statement[] => [
  {
    Sid: "OnlyZoneRegions",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { StringNotEquals: { "aws:RequestedRegion": reachableRegions(zone) } },
  },
];

/** Nobody takes the account's guards off, loses its keys, shares its data by copy, or takes it out of the organization. */
export const GUARDED_ACCOUNT: readonly Statement[] = [
  {
    Sid: "KeepAccountGuards",
    Effect: "Deny",
    Action: [
      "ec2:DisableEbs*",
      "ec2:DisableImageBlock*",
      "ec2:DisableSnapshotBlock*",
      "ec2:EnableSerial*",
      "ec2:ResetEbs*",
      "iam:DeleteAccountPassword*",
      "ssm:Reset*",
    ],
    Resource: "*",
  },
  {
    Sid: "KeepKeys",
    Effect: "Deny",
    Action: ["kms:DeleteImportedKeyMaterial", "kms:DisableKey*", "kms:ScheduleKeyDeletion"],
    Resource: "*",
  },
  {
    Sid: "GrantKeysToServicesOnly",
    Effect: "Deny",
    Action: "kms:CreateGrant",
    Resource: "*",
    Condition: { BoolIfExists: { "kms:GrantIsForAWSResource": "false" } },
  },
  {
    Sid: "ShareNothing",
    Effect: "Deny",
    Action: [
      "ec2:ModifyImageAttribute",
      "ec2:ModifySnapshotAttribute",
      "rds:ModifyDB*SnapshotAttribute",
      "s3:Put*Acl",
      "ssm:ModifyDocument*",
    ],
    Resource: "*",
  },
  {
    Sid: "StayInOrganization",
    Effect: "Deny",
    Action: [
      "account:CloseAccount",
      "organizations:Close*",
      "organizations:DeleteOrganization",
      "organizations:Deregister*",
      "organizations:Disable*",
      "organizations:Leave*",
      "organizations:RemoveAccount*",
    ],
    Resource: "*",
  },
];
