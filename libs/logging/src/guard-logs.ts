import { type Account, type Zone } from "@landfall/core";
import { type Statement } from "@landfall/identity";

/** What makes logs disappear, or lets them. */
const DELETING = [
  "s3:BypassGovernanceRetention",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutObjectLegalHold",
  "s3:PutObjectRetention",
];

/** What makes a bucket of logs keep them less well. S3 Lifecycle itself is bound by no bucket policy. */
const WEAKENING = [
  "s3:PutBucketAcl",
  "s3:PutBucketLogging",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:PutReplicationConfiguration",
];

/**
 * Denies everyone in the account, its administrators and root included, to delete logs or to weaken the bucket that keeps
 * them. The deploy role may change the bucket, as it made it. Where the zone locks in governance mode, break-glass may
 * also delete. A disposable zone's deploy role may do both, or the zone could not be destroyed.
 *
 * Root alone can still remove the policy: S3 always lets it, so that nobody is locked out.
 */
export function guardLogs(zone: Zone, account: Account, bucketArn: string): Statement[] {
  const role = (name: string) => `arn:aws:iam::${account.id}:role/${zone.name}-${name}`;
  const [deploy, breakGlass] = [role("deploy"), role("break-glass")];
  const removers = zone.disposable ? [deploy] : [];
  const deny = (
    Sid: string,
    Action: readonly string[],
    Resource: string,
    except: readonly string[],
  ): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action,
    Resource,
    ...(except.length > 0 ? { Condition: { ArnNotEquals: { "aws:PrincipalArn": except } } } : {}),
  });
  return [
    deny("DenyDeletingLogs", DELETING, `${bucketArn}/*`, [
      ...(zone.retention.lock === "governance" ? [breakGlass] : []),
      ...removers,
    ]),
    deny("DenyWeakeningTheBucket", WEAKENING, bucketArn, [deploy, breakGlass]),
    deny("DenyDeletingTheBucket", ["s3:DeleteBucket", "s3:DeleteBucketPolicy"], bucketArn, removers),
  ];
}
