import { type Zone } from "@landfall/core";
import { type ServiceControlPolicy } from "./policy";
import { butFor, exempt } from "./principals";

/** What is archived stays: nobody deletes it, and nobody shortens for how long it is kept. For the log archive's account. */
export function logArchive({ name }: Zone): ServiceControlPolicy {
  // The buckets of the stack logging: names start with the zone and the stack.
  const buckets = `arn:aws:s3:::${name}-logging-*`;
  return {
    name: "log-archive",
    description: "Denies deleting archived logs and shortening their retention",
    statements: [
      {
        Sid: "DenyDeletingArchivedLogs",
        Effect: "Deny",
        Action: [
          "s3:BypassGovernanceRetention",
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
          "s3:PutObjectLegalHold",
          "s3:PutObjectRetention",
        ],
        Resource: `${buckets}/*`,
        Condition: butFor(exempt.emergencies(name)),
      },
      {
        Sid: "DenyDeletingArchives",
        Effect: "Deny",
        Action: ["s3:DeleteBucket", "s3:DeleteBucketPolicy"],
        Resource: buckets,
        Condition: butFor(exempt.administrators()),
      },
      {
        Sid: "DenyShorteningArchives",
        Effect: "Deny",
        Action: [
          "s3:PutBucketAcl",
          "s3:PutBucketObjectLockConfiguration",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPolicy",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
          "s3:PutReplicationConfiguration",
        ],
        Resource: buckets,
        Condition: butFor(exempt.deployments(name)),
      },
    ],
  };
}
