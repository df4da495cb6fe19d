import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import {
  isWorkloadOrPeople,
  pipelineStateRoles,
  policyDocument,
  type Statement,
  zoneRolePatterns,
} from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { stateBucketName, stateKeyAlias, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

const READ = ["kms:DescribeKey", "kms:Get*", "kms:List*"];

const ADMINISTER = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DisableKey",
  "kms:Enable*",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
];

const USE = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/** Days between the order to delete the key and its end. */
const DELETION_WINDOW = { kept: 30, disposable: 7 };

/**
 * The key of the zone's Terraform states. Administrators manage it, and no role of the zone does. Who may read the states uses
 * it through S3, for the states' bucket alone.
 *
 * @see KMS.4, KMS.5, https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html (encryption context)
 */
export class StateKey extends Construct implements IKey {
  readonly keyArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    const key = new KmsKey(this, "Resource", {
      description: `Encrypts the Terraform states of the zone ${zone.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: zone.disposable ? DELETION_WINDOW.disposable : DELETION_WINDOW.kept,
      policy: policyDocument(keyStatements(stack)),
    });
    this.keyArn = key.arn;
    new KmsAlias(this, "Alias", { name: stateKeyAlias(zone), targetKeyId: key.keyId });
  }
}

function keyStatements(stack: ZoneStack): readonly Statement[] {
  const { zone, account } = stack;
  const root = { AWS: `arn:aws:iam::${account.id}:root` };
  const bucket = `arn:aws:s3:::${stateBucketName(zone)}`;
  return [
    { Sid: "ReadByIam", Effect: "Allow", Principal: root, Action: READ, Resource: "*" },
    {
      Sid: "AdministeredByAdministrators",
      Effect: "Allow",
      Principal: root,
      Action: ADMINISTER,
      Resource: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": zoneRolePatterns(stack) } },
    },
    {
      Sid: "UsedForTheStates",
      Effect: "Allow",
      Principal: root,
      Action: USE,
      Resource: "*",
      Condition: {
        StringEquals: {
          "kms:CallerAccount": account.id,
          "kms:ViaService": `s3.${zone.regions.home}.amazonaws.com`,
        },
        // With a bucket key it is the bucket, without one the object.
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] },
      },
    },
    ...usedByPipeline(stack, bucket),
    {
      Sid: "NotForWorkloads",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: USE,
      Resource: "*",
      Condition: isWorkloadOrPeople(stack),
    },
  ];
}

/** Whoever delivers the zone from another account uses the key for the states' bucket as those of this account do. */
function usedByPipeline({ zone, account }: ZoneStack, bucket: string): readonly Statement[] {
  const { pipeline } = zone.identity;
  if (!pipeline || pipeline.account === account.id) return [];
  return [
    {
      Sid: "UsedByThePipeline",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${pipeline.account}:root` },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": pipelineStateRoles(zone, "read") },
        StringEquals: { "kms:ViaService": `s3.${zone.regions.home}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] },
      },
    },
  ];
}
