import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { denyInsecureTransport, policyDocument, type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type BucketTier, tierConstraint } from "./bucket-tier";

/** An S3 bucket. */
export interface IBucket {
  readonly bucketName: string;
  readonly bucketArn: string;
}

/**
 * How long each version of an object can neither be overwritten nor deleted.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export interface BucketLock {
  /** In governance mode whoever may bypass it can still delete; in compliance mode nobody can, not even AWS. */
  readonly mode: "governance" | "compliance";
  /** Days from the writing of a version, 1 to 36500. */
  readonly days: number;
}

export interface BucketProps {
  /** What it holds, e.g. `documents`: the name is made of the zone, the stack, this, the account and the region. */
  readonly name: string;
  /** The exact name, for a bucket that others must know by name. @default made of `name` */
  readonly bucketName?: string;
  /**
   * The key that encrypts its objects; `"s3-managed"` only for the target of server access logs, which S3 can't
   * encrypt with a customer key.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshooting-server-access-logging.html
   */
  readonly encryptionKey: IKey | "s3-managed";
  /** The name of the bucket that takes its server access logs; `"none"` only for that bucket itself (S3.9). */
  readonly accessLogBucketName: string;
  /** Days until a current object expires. @default never */
  readonly expirationDays?: number;
  /** Days until a replaced or deleted object's old version expires. @default 90 */
  readonly noncurrentDays?: number;
  /** Cheaper storage classes for current objects, by age: ascending, each before `expirationDays`. @default none */
  readonly tiers?: readonly BucketTier[];
  /** Locks every version of an object. A disposable zone locks nothing, or it could not be destroyed. @default none */
  readonly lock?: BucketLock;
  /** Sends the bucket's events to the default event bus. @default false */
  readonly eventBridge?: boolean;
  /** More statements for the bucket's policy. @default none */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

/**
 * A private bucket: versioned, encrypted, its objects owned by the account, reached over TLS only, its accesses
 * logged, its old versions and broken uploads cleared away.
 *
 * @see S3.2, S3.3, S3.5, S3.8, S3.9, S3.12, S3.13
 */
export class Bucket extends Construct implements IBucket {
  readonly bucketName: string;
  readonly bucketArn: string;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { lock, tiers = [], expirationDays } = props;
    validateProps(this, [
      tierConstraint(tiers, expirationDays),
      ...(lock ? [wholeNumber("lock.days", lock.days, 1, 36_500)] : []),
    ]);
    const locked = lock !== undefined && !stack.zone.disposable;
    const bucket = new S3Bucket(this, "Resource", {
      bucket: props.bucketName ?? stack.resourceName("bucket", props.name, stack.account.id, stack.region),
      forceDestroy: stack.zone.disposable,
      ...(locked ? { objectLockEnabled: true } : {}),
    });
    this.bucketArn = bucket.arn;

    const guard = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "Ownership", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const policy = new S3BucketPolicy(this, "Policy", {
      bucket: bucket.id,
      policy: policyDocument([
        denyInsecureTransport("s3:*", [bucket.arn, `${bucket.arn}/*`]),
        ...(props.statements?.(bucket.arn) ?? []),
      ]),
      // S3 refuses two simultaneous changes of what governs access to a bucket.
      dependsOn: [guard],
    });
    // Whoever uses the bucket by name waits for its policy: S3 refuses a log target that can't be written to yet.
    this.bucketName = policy.bucket;
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    if (locked) {
      new S3BucketObjectLockConfigurationA(this, "Lock", {
        bucket: bucket.id,
        rule: { defaultRetention: { mode: lock.mode.toUpperCase(), days: lock.days } },
        dependsOn: [versioning],
      });
    }
    this.encrypt(bucket.id, props.encryptionKey);
    this.expire(bucket.id, props, versioning);
    if (props.accessLogBucketName !== "none") {
      new S3BucketLoggingA(this, "AccessLogs", {
        bucket: bucket.id,
        targetBucket: props.accessLogBucketName,
        targetPrefix: `${bucket.bucket}/`,
      });
    }
    if (props.eventBridge) new S3BucketNotification(this, "Events", { bucket: bucket.id, eventbridge: true });
  }

  private encrypt(bucket: string, key: IKey | "s3-managed"): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [
        key === "s3-managed"
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              // A bucket key cuts the requests to KMS, and their cost, by up to 99 %.
              bucketKeyEnabled: true,
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.keyArn },
            },
      ],
    });
  }

  private expire(bucket: string, props: BucketProps, versioning: S3BucketVersioningA): void {
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentDays ?? 90 }],
          ...(props.tiers?.length
            ? {
                transition: props.tiers.map(({ afterDays, storageClass }) => ({
                  days: afterDays,
                  storageClass,
                })),
              }
            : {}),
          ...(props.expirationDays === undefined ? {} : { expiration: [{ days: props.expirationDays }] }),
        },
      ],
      dependsOn: [versioning],
    });
  }
}
