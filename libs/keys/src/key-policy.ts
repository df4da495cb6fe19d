import { type Account, type Zone, zoneRegions } from "@landfall/core";
import { type Conditions, type Statement } from "@landfall/identity";

/** An AWS service that uses the key itself, not on behalf of a caller. */
export interface ServiceUser {
  /** The service principal, e.g. `events.amazonaws.com`. */
  readonly service: string;
  /** Binds the use to this account's resources: the guard against a confused deputy. */
  readonly condition: Conditions;
  /** What it may do with the key. @default de- and encrypt */
  readonly actions?: readonly string[];
  /** The statement's Sid. @default made of the service's name, e.g. `UsedByEvents` */
  readonly sid?: string;
}

/** What the policy of a key is made of. */
export interface KeyPolicyProps {
  /** Services through which principals of the account may use the key, e.g. `s3`, `dynamodb`. @default none */
  readonly viaServices?: readonly string[];
  /** Services that use the key themselves. @default none */
  readonly serviceUsers?: readonly ServiceUser[];
  /**
   * Roles of the account that may decrypt by this policy alone, by ARN: for the roles that AWS makes for its services, whose
   * own policies say nothing of keys. They need not exist yet. @default none
   */
  readonly decryptingRoles?: readonly string[];
  /** Whether whom IAM lets may disable and delete it; where this is false, nobody may. @default in a disposable zone */
  readonly deletable?: boolean;
}

/** Where a key is. */
export interface KeyPlace {
  readonly zone: Zone;
  readonly account: Account;
  readonly region: string;
}

/** Administration without use: none of these decrypts anything, nor grants it (`kms:CreateGrant` would). */
const ADMIN_ACTIONS = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:Delete*",
  "kms:Describe*",
  "kms:Disable*",
  "kms:Enable*",
  "kms:Get*",
  "kms:List*",
  "kms:Put*",
  "kms:Revoke*",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
];

const USE_ACTIONS = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:ReEncrypt*",
];

/** Days between the order to delete a key and its end: the longest that AWS knows, or the shortest in a disposable zone. */
export const deletionWindowDays = (zone: Zone): number => (zone.disposable ? 7 : 30);

/** A key that is gone takes all that it encrypted with it: losing one takes a change of its policy first. */
const DENY_LOSS: Statement = {
  Sid: "DenyLosingTheKey",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
  Resource: "*",
};

/** `UsedByEvents` for `events.amazonaws.com`. */
export const sidOf = ({ service, sid }: ServiceUser): string => {
  const [name = ""] = service.split(".");
  return sid ?? `UsedBy${name.charAt(0).toUpperCase()}${name.slice(1).replace(/[^A-Za-z0-9]/g, "")}`;
};

/**
 * Lets IAM say who administers a key, without its use, and nobody lose it: that takes a change of this policy first.
 *
 * @param deletable whether whom IAM lets may disable and delete it, as in a disposable zone
 * @see KMS.3 (no accidental deletion)
 */
export const administrationStatements = (account: Account, deletable: boolean): Statement[] => [
  {
    Sid: "AdministeredByIam",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account.id}:root` },
    Action: ADMIN_ACTIONS,
    Resource: "*",
  },
  ...(deletable ? [] : [DENY_LOSS]),
];

/** Who administers a key, who uses it and who can't lose it. */
export function keyStatements(
  { zone, account, region }: KeyPlace,
  props: KeyPolicyProps,
  replicated: boolean,
): Statement[] {
  const root = { AWS: `arn:aws:iam::${account.id}:root` };
  const others = zoneRegions(zone).filter((other) => other !== region);
  const replication: Statement = {
    Sid: "ReplicatedWithinZone",
    Effect: "Allow",
    Principal: root,
    Action: "kms:ReplicateKey",
    Resource: "*",
    Condition: { StringEquals: { "kms:ReplicaRegion": others } },
  };
  return [
    ...administrationStatements(account, props.deletable ?? zone.disposable),
    ...(replicated && others.length > 0 ? [replication] : []),
    ...viaStatements(root, account, region, props.viaServices ?? []),
    ...(props.serviceUsers ?? []).map((user): Statement => ({
      Sid: sidOf(user),
      Effect: "Allow",
      Principal: { Service: user.service },
      Action: user.actions ?? USE_ACTIONS,
      Resource: "*",
      Condition: user.condition,
    })),
    ...decryptingStatements(account, props.decryptingRoles ?? []),
  ];
}

function viaStatements(
  root: { readonly AWS: string },
  account: Account,
  region: string,
  services: readonly string[],
): Statement[] {
  if (services.length === 0) return [];
  const throughServices = {
    StringEquals: {
      "kms:CallerAccount": account.id,
      "kms:ViaService": services.map((service) => `${service}.${region}.amazonaws.com`),
    },
  };
  return [
    {
      Sid: "UsedThroughServices",
      Effect: "Allow",
      Principal: root,
      Action: USE_ACTIONS,
      Resource: "*",
      Condition: throughServices,
    },
    {
      // Tables, functions and volumes hold the key by a grant, which only the service itself may ask for.
      Sid: "GrantedToServices",
      Effect: "Allow",
      Principal: root,
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { ...throughServices, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** KMS refuses a principal that does not exist, so that the roles are named by a condition. */
const decryptingStatements = (account: Account, roles: readonly string[]): Statement[] =>
  roles.length === 0
    ? []
    : [
        {
          Sid: "DecryptedByServiceRoles",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: ["kms:Decrypt", "kms:DescribeKey"],
          Resource: "*",
          Condition: {
            StringEquals: { "kms:CallerAccount": account.id },
            ArnEquals: { "aws:PrincipalArn": roles },
          },
        },
      ];
