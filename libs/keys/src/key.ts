import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { type Conditions, policyDocument, type Statement } from "@landfall/identity";
import { resourceName } from "@landfall/core";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** A customer managed KMS key. */
export interface IKey {
  readonly keyArn: string;
}

/** An AWS service that uses the key itself, not on behalf of a caller. */
export interface ServiceUser {
  /** The service principal, e.g. `events.amazonaws.com`. */
  readonly service: string;
  /** Binds the use to this account's resources: the guard against a confused deputy. */
  readonly condition: Conditions;
}

export interface KeyProps {
  /** The class of data it encrypts, e.g. `logs`; names the alias. */
  readonly dataClass: string;
  readonly description: string;
  /** Services through which principals of the account may use the key, e.g. `s3`, `dynamodb`. @default none */
  readonly viaServices?: readonly string[];
  /** Services that use the key themselves. @default none */
  readonly serviceUsers?: readonly ServiceUser[];
  /** Days between the order to delete the key and its end: 7 to 30. @default 30, or 7 in a disposable zone */
  readonly deletionWindowDays?: number;
}

const DELETION_WINDOW = { kept: 30, disposable: 7 };

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

/**
 * A customer managed key for one class of data: rotated every year, its policy naming who administers it, through
 * which services the account's principals use it, and which services use it themselves.
 *
 * @see KMS.5 (no public key policy), https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export class Key extends Construct implements IKey {
  readonly keyArn: string;
  readonly aliasName: string;

  constructor(scope: Construct, id: string, props: KeyProps) {
    super(scope, id);
    const { zone, region } = ZoneStack.of(this);
    const days =
      props.deletionWindowDays ?? (zone.disposable ? DELETION_WINDOW.disposable : DELETION_WINDOW.kept);
    validateProps(this, [wholeNumber("deletionWindowDays", days, 7, 30)]);
    const key = new KmsKey(this, "Resource", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: days,
      policy: policyDocument(keyStatements(zone.account, region, props)),
    });
    this.keyArn = key.arn;
    this.aliasName = `alias/${resourceName("alias", zone.name, props.dataClass)}`;
    new KmsAlias(this, "Alias", { name: this.aliasName, targetKeyId: key.keyId });
  }

  /** A key that another stack owns. */
  static fromKeyArn(keyArn: string): IKey {
    return { keyArn };
  }
}

function keyStatements(account: string, region: string, props: KeyProps): Statement[] {
  const root = { AWS: `arn:aws:iam::${account}:root` };
  const via = (props.viaServices ?? []).map((service) => `${service}.${region}.amazonaws.com`);
  const throughServices = { StringEquals: { "kms:CallerAccount": account, "kms:ViaService": via } };
  const used: Statement[] = [
    {
      Sid: "UsedThroughServices",
      Effect: "Allow",
      Principal: root,
      Action: USE_ACTIONS,
      Resource: "*",
      Condition: throughServices,
    },
    {
      // Tables and functions hold the key by a grant, which only the service itself may ask for.
      Sid: "GrantedToServices",
      Effect: "Allow",
      Principal: root,
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { ...throughServices, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
  return [
    { Sid: "AdministeredByIam", Effect: "Allow", Principal: root, Action: ADMIN_ACTIONS, Resource: "*" },
    ...(via.length > 0 ? used : []),
    ...(props.serviceUsers ?? []).map(({ service, condition }, index): Statement => ({
      Sid: `ServiceUser${index}`,
      Effect: "Allow",
      Principal: { Service: service },
      Action: USE_ACTIONS,
      Resource: "*",
      Condition: condition,
    })),
  ];
}
