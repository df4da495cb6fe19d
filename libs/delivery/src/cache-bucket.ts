import { roleArn, type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Bucket, type IBucket } from "@landfall/storage";
import { Construct } from "constructs";

export interface CacheBucketProps {
  /** The key that encrypts what builds have made. */
  readonly encryptionKey: IKey;
  /** The name of the bucket that takes its server access logs. */
  readonly accessLogBucketName: string;
  /** The roles of builds of trusted branches, as ARNs. No other principal may write, whatever its own policies say. */
  readonly writerRoleArns: readonly string[];
  /** Days until an entry expires, 1 to 365. @default 30 */
  readonly expirationDays?: number;
}

const DEFAULTS = { expirationDays: 30, noncurrentDays: 7 } as const;

/** Where `tools/remote-cache` keeps its entries. */
const ENTRIES = "nx/v1/*";

/**
 * Keeps the results of Nx tasks for other builds: encrypted with a customer key, reached over TLS only, versioned, expired after
 * a month.
 *
 * A build trusts what it finds here, so that the bucket itself keeps others out: only the writers put entries, an entry is never
 * replaced, even by a writer, and besides the lifecycle only break-glass removes one. A disposable zone lets itself be destroyed.
 *
 * @see S3.5, S3.8, S3.9, S3.13, S3.17, CVE-2025-36852,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
export class CacheBucket extends Construct implements IBucket {
  readonly bucketName: string;
  readonly bucketArn: string;

  private readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, props: CacheBucketProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { expirationDays = DEFAULTS.expirationDays, writerRoleArns, encryptionKey } = props;
    validateProps(this, [
      wholeNumber("expirationDays", expirationDays, 1, 365),
      {
        prop: "writerRoleArns",
        value: writerRoleArns,
        valid: writerRoleArns.length > 0,
        allowed: "at least one role: nobody else may fill the cache",
      },
    ]);
    const bucket = new Bucket(this, "Resource", {
      name: "build-cache",
      encryptionKey,
      accessLogBucketName: props.accessLogBucketName,
      expirationDays,
      noncurrentDays: DEFAULTS.noncurrentDays,
      statements: (bucketArn) => guards(stack, bucketArn, writerRoleArns),
    });
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
    this.encryptionKey = encryptionKey;
  }

  /** What a role needs that only reads: that of pull requests. */
  grantRead(): readonly Statement[] {
    return [
      {
        Sid: "ReadCache",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: `${this.bucketArn}/${ENTRIES}`,
      },
      {
        // Without it, S3 answers that an entry is forbidden where there is none.
        Sid: "KnowWhatIsNotCached",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: this.bucketArn,
      },
      { Sid: "DecryptCache", Effect: "Allow", Action: "kms:Decrypt", Resource: this.encryptionKey.keyArn },
    ];
  }

  /** What a role of a trusted branch needs; it must be one of `writerRoleArns` too. */
  grantReadWrite(): readonly Statement[] {
    return [
      ...this.grantRead(),
      {
        Sid: "FillCache",
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: `${this.bucketArn}/${ENTRIES}`,
      },
      {
        Sid: "EncryptCache",
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: this.encryptionKey.keyArn,
      },
    ];
  }
}

function guards(
  stack: ZoneStack,
  bucketArn: string,
  writerRoleArns: readonly string[],
): readonly Statement[] {
  const denied = { Effect: "Deny", Principal: { AWS: "*" }, Resource: `${bucketArn}/*` } as const;
  return [
    {
      ...denied,
      Sid: "OnlyTrustedBuildsWrite",
      Action: "s3:PutObject",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": writerRoleArns } },
    },
    {
      ...denied,
      Sid: "NeverReplaced",
      Action: "s3:PutObject",
      // The parts of an upload know no such header; the request that ends it does.
      Condition: {
        Null: { "s3:if-none-match": "true" },
        Bool: { "s3:ObjectCreationOperation": "true" },
      },
    },
    ...(stack.zone.disposable
      ? []
      : [
          {
            ...denied,
            Sid: "OnlyBreakGlassRemoves",
            Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
            Condition: { ArnNotEquals: { "aws:PrincipalArn": roleArn(stack, "break-glass") } },
          },
        ]),
  ];
}
