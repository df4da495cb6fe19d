import { keyPatterns } from "../guardrails/within";
import { type ServiceAccess } from "../service-access";

/** Services that use their caller's permission for the key of what they are to make or show. */
const ASKING_SERVICES = ["dynamodb", "ec2", "events", "lambda", "s3", "secretsmanager", "sns", "sqs", "ssm"];

/** Buckets, tables, keys and the contracts' parameters. */
export const DATA: ServiceAccess = {
  name: "data",
  types: [
    "aws_dynamodb_table",
    "aws_dynamodb_table_replica",
    "aws_kms_alias",
    "aws_kms_key",
    "aws_kms_replica_key",
    "aws_s3_bucket",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_logging",
    "aws_s3_bucket_notification",
    "aws_s3_bucket_object_lock_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
    "aws_ssm_parameter",
  ],
  read: [
    "dynamodb:Describe*",
    "dynamodb:GetResourcePolicy",
    "dynamodb:List*",
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:GetPublicKey",
    "kms:List*",
    "s3:Get*Configuration",
    "s3:GetAccountPublicAccessBlock",
    "s3:GetBucket*",
    "s3:ListAllMyBuckets",
    "s3:ListBucket",
    "s3:ListTagsForResource",
    "ssm:DescribeParameters",
    "ssm:ListTagsForResource",
  ],
  changes: [
    {
      what: "buckets",
      actions: [
        "s3:CreateBucket",
        "s3:DeleteBucket",
        "s3:DeleteBucketPolicy",
        "s3:PutBucketLogging",
        "s3:PutBucketNotification",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketOwnershipControls",
        "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketTagging",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:TagResource",
        "s3:UntagResource",
      ],
      on: ({ zone }) => [`arn:aws:s3:::${zone.name}-*`],
    },
    {
      what: "tables",
      actions: [
        "dynamodb:CreateTable",
        "dynamodb:CreateTableReplica",
        "dynamodb:DeleteResourcePolicy",
        "dynamodb:DeleteTable",
        "dynamodb:DeleteTableReplica",
        "dynamodb:PutResourcePolicy",
        "dynamodb:TagResource",
        "dynamodb:UntagResource",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
      ],
      on: ({ zone, account }) => [`arn:aws:dynamodb:*:${account.id}:table/${zone.name}-*`],
    },
    {
      // DynamoDB fills a new replica with its maker's permissions: they count only when it is DynamoDB that asks.
      what: "replicasData",
      actions: [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
      ],
      on: ({ zone, account }) => [`arn:aws:dynamodb:*:${account.id}:table/${zone.name}-*`],
      condition: () => ({ "ForAnyValue:StringEquals": { "aws:CalledVia": ["dynamodb.amazonaws.com"] } }),
    },
    { what: "newKeys", actions: ["kms:CreateKey"] },
    {
      what: "keys",
      actions: [
        "kms:CancelKeyDeletion",
        "kms:CreateAlias",
        "kms:DeleteAlias",
        "kms:EnableKey",
        "kms:EnableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ReplicateKey",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
      ],
      on: ({ zone, account }) => [
        `arn:aws:kms:*:${account.id}:key/*`,
        `arn:aws:kms:*:${account.id}:alias/${zone.name}-*`,
      ],
      // A key that nobody can manage any more is a lost key.
      condition: () => ({ BoolIfExists: { "kms:BypassPolicyLockoutSafetyCheck": "false" } }),
    },
    {
      what: "keysOfResources",
      actions: ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      on: keyPatterns,
      condition: () => ({
        StringLike: { "kms:ViaService": ASKING_SERVICES.map((service) => `${service}.*.amazonaws.com`) },
      }),
    },
    {
      // Route 53 takes a key for DNSSEC only from a caller that may sign with it.
      what: "signingKeys",
      actions: ["kms:Sign"],
      on: ({ account }) => [`arn:aws:kms:us-east-1:${account.id}:key/*`],
    },
    {
      what: "parameters",
      actions: [
        "ssm:AddTagsToResource",
        "ssm:DeleteParameter",
        "ssm:PutParameter",
        "ssm:RemoveTagsFromResource",
      ],
      on: ({ zone, account }) => [`arn:aws:ssm:*:${account.id}:parameter/landfall/${zone.name}/*`],
    },
  ],
};
