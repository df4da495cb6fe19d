import { type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { Bucket, type IBucket } from "@landfall/storage";
import { Construct } from "constructs";

/** A bucket of artifacts, with the key that encrypts them. */
export interface IArtifactBucket extends IBucket {
  readonly encryptionKey: IKey;
}

export interface ArtifactBucketProps {
  /** What it holds. @default "artifacts" */
  readonly name?: string;
  /** The key for what is built and deployed. */
  readonly encryptionKey: IKey;
  /** The name of the bucket that takes its server access logs. */
  readonly accessLogBucketName: string;
  /** Days for which an artifact is kept, or `"kept"` for what is asked for again. @default 90 */
  readonly expirationDays?: number | "kept";
}

/** Days for which an artifact is kept: longer than anybody waits to approve or to go back. */
const EXPIRATION_DAYS = 90;

/**
 * Keeps what stages hand on: sources, what was verified, saved plans. Encrypted with a customer key, and nothing is put into
 * it with another one; reached over TLS only; versioned, its artifacts cleared away.
 *
 * @see S3.5, S3.8, S3.9, S3.13, S3.17, https://docs.aws.amazon.com/codepipeline/latest/userguide/S3-artifact-encryption.html
 */
export class ArtifactBucket extends Construct implements IArtifactBucket {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, props: ArtifactBucketProps) {
    super(scope, id);
    const { encryptionKey, expirationDays = EXPIRATION_DAYS } = props;
    const bucket = new Bucket(this, "Resource", {
      name: props.name ?? "artifacts",
      encryptionKey,
      accessLogBucketName: props.accessLogBucketName,
      ...(expirationDays === "kept" ? {} : { expirationDays }),
      noncurrentDays: 30,
      statements: (bucketArn): Statement[] => [
        {
          Sid: "OnlyWithItsKey",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "s3:PutObject",
          Resource: `${bucketArn}/*`,
          // Left out, it is the bucket's own.
          Condition: {
            StringNotEqualsIfExists: {
              "s3:x-amz-server-side-encryption-aws-kms-key-id": encryptionKey.keyArn,
            },
            Null: { "s3:x-amz-server-side-encryption": "false" },
          },
        },
      ],
    });
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
    this.encryptionKey = encryptionKey;
  }
}
