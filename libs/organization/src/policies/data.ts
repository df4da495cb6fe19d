import { type Zone } from "@landfall/core";
import { type ServiceControlPolicy } from "./policy";
import { butFor, exempt } from "./principals";

/** What nobody does with data: show it to the world, store it in the clear, share its copies, throw away its keys. */
export const data = ({ name }: Zone): ServiceControlPolicy => ({
  name: "data",
  description: "Denies public buckets, unencrypted storage, shared snapshots and the end of keys",
  statements: [
    {
      // No condition key tells on from off, so that only deployments, which are reviewed, may set it.
      Sid: "DenyOpeningBuckets",
      Effect: "Deny",
      Action: [
        "s3:PutAccessPointPublicAccessBlock",
        "s3:PutAccountPublicAccessBlock",
        "s3:PutBucketPublicAccessBlock",
      ],
      Resource: "*",
      Condition: butFor(exempt.deployments(name)),
    },
    {
      Sid: "DenyPublicAcls",
      Effect: "Deny",
      Action: [
        "s3:CreateBucket",
        "s3:PutBucketAcl",
        "s3:PutObject",
        "s3:PutObjectAcl",
        "s3:PutObjectVersionAcl",
      ],
      Resource: "*",
      Condition: {
        StringEquals: { "s3:x-amz-acl": ["authenticated-read", "public-read", "public-read-write"] },
      },
    },
    {
      Sid: "DenyUnencryptedVolumes",
      Effect: "Deny",
      Action: ["ec2:CreateVolume", "ec2:RunInstances"],
      Resource: "arn:aws:ec2:*:*:volume/*",
      Condition: { Bool: { "ec2:Encrypted": "false" } },
    },
    {
      // An Aurora instance takes the encryption of its cluster, and says itself that it has none.
      Sid: "DenyUnencryptedDatabases",
      Effect: "Deny",
      Action: "rds:CreateDBInstance",
      Resource: "*",
      Condition: {
        Bool: { "rds:StorageEncrypted": "false" },
        StringNotLike: { "rds:DatabaseEngine": "aurora*" },
      },
    },
    {
      Sid: "DenyUnencryptedDatabaseClusters",
      Effect: "Deny",
      Action: "rds:CreateDBCluster",
      Resource: "*",
      Condition: { Bool: { "rds:StorageEncrypted": "false" } },
    },
    {
      Sid: "DenyUnencryptedFileSystems",
      Effect: "Deny",
      Action: "elasticfilesystem:CreateFileSystem",
      Resource: "*",
      Condition: { Bool: { "elasticfilesystem:Encrypted": "false" } },
    },
    {
      Sid: "DenySharingSnapshots",
      Effect: "Deny",
      Action: [
        "ec2:ModifyFpgaImageAttribute",
        "ec2:ModifyImageAttribute",
        "ec2:ModifySnapshotAttribute",
        "rds:ModifyDBClusterSnapshotAttribute",
        "rds:ModifyDBSnapshotAttribute",
        "ssm:ModifyDocumentPermission",
      ],
      Resource: "*",
      Condition: butFor(exempt.administrators()),
    },
    {
      Sid: "DenyLooseningAccountGuards",
      Effect: "Deny",
      Action: [
        "ec2:CreateVpcBlockPublicAccessExclusion",
        "ec2:DisableEbsEncryptionByDefault",
        "ec2:DisableImageBlockPublicAccess",
        "ec2:DisableSnapshotBlockPublicAccess",
        "ec2:EnableSnapshotBlockPublicAccess",
        "ec2:ModifyEbsDefaultKmsKeyId",
        "ec2:ModifyInstanceMetadataDefaults",
        "ec2:ModifyVpcBlockPublicAccessExclusion",
        "ec2:ModifyVpcBlockPublicAccessOptions",
        "ec2:ResetEbsDefaultKmsKeyId",
        "ssm:ResetServiceSetting",
        "ssm:UpdateServiceSetting",
      ],
      Resource: "*",
      Condition: butFor(exempt.deployments(name)),
    },
    {
      Sid: "DenyEndingKeys",
      Effect: "Deny",
      Action: [
        "kms:DeleteImportedKeyMaterial",
        "kms:DisableKey",
        "kms:DisableKeyRotation",
        "kms:ScheduleKeyDeletion",
      ],
      Resource: "*",
      Condition: butFor(exempt.administrators()),
    },
  ],
});
