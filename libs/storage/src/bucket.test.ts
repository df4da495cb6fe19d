import { type SynthesizedStack, statementsOf, synthStack, testZone } from "@landfall/testing";
import { Bucket, type BucketProps } from "./bucket";

const props: BucketProps = {
  name: "documents",
  encryptionKey: { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/1" },
  accessLogBucketName: "test-access-logs",
};
const bucket = (change: Partial<BucketProps> = {}, zone = testZone()): SynthesizedStack =>
  synthStack((stack) => new Bucket(stack, "Documents", { ...props, ...change }), { zone });

describe("Bucket", () => {
  it("is named after the zone, the stack, its account and its region, and kept when it holds objects", () => {
    expect(bucket().resource("aws_s3_bucket")).toMatchObject({
      bucket: "test-sample-documents-123456789012-eu-west-1",
      force_destroy: false,
    });
    expect(bucket({}, testZone({ disposable: true })).resource("aws_s3_bucket")).toMatchObject({
      force_destroy: true,
    });
  });

  it("blocks public access in all four ways", () => {
    expect(bucket().resource("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it("is versioned, owns its objects and logs its accesses", () => {
    const stack = bucket();
    expect(stack.resource("aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(stack.resource("aws_s3_bucket_ownership_controls")).toMatchObject({
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
    expect(stack.resource("aws_s3_bucket_logging")).toMatchObject({ target_bucket: "test-access-logs" });
  });

  it("encrypts with the given key, or with S3's own where it takes access logs", () => {
    const algorithm = (stack: SynthesizedStack) =>
      JSON.stringify(stack.resource("aws_s3_bucket_server_side_encryption_configuration").rule);
    expect(algorithm(bucket())).toContain('"kms_master_key_id":"arn:aws:kms:eu-west-1:123456789012:key/1"');
    expect(algorithm(bucket({ encryptionKey: "s3-managed" }))).toContain('"sse_algorithm":"AES256"');
  });

  it("denies every request without TLS, beside the statements given", () => {
    const statements = statementsOf(
      bucket({
        statements: (bucketArn) => [
          {
            Sid: "Extra",
            Effect: "Allow",
            Principal: { Service: "x.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: bucketArn,
          },
        ],
      }).resource("aws_s3_bucket_policy").policy,
    );
    expect(statements.DenyInsecureTransport).toMatchObject({
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(statements.Extra).toBeDefined();
  });

  it("clears away old versions and broken uploads, and current objects only when asked", () => {
    const rules = (stack: SynthesizedStack) => stack.resource("aws_s3_bucket_lifecycle_configuration").rule;
    expect(rules(bucket())).toMatchObject([
      {
        status: "Enabled",
        noncurrent_version_expiration: [{ noncurrent_days: 90 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
    expect(JSON.stringify(rules(bucket()))).not.toContain('"expiration"');
    expect(rules(bucket({ expirationDays: 365, noncurrentDays: 30 }))).toMatchObject([
      { expiration: [{ days: 365 }], noncurrent_version_expiration: [{ noncurrent_days: 30 }] },
    ]);
  });

  it("sends events to the bus only when asked", () => {
    expect(bucket().resources("aws_s3_bucket_notification")).toEqual([]);
    expect(bucket({ eventBridge: true }).resource("aws_s3_bucket_notification")).toMatchObject({
      eventbridge: true,
    });
  });

  it("logs no accesses where it takes them itself", () => {
    expect(bucket({ accessLogBucketName: "none" }).resources("aws_s3_bucket_logging")).toEqual([]);
  });

  it("takes an exact name, for a bucket that others know by it", () => {
    expect(bucket({ bucketName: "test-known-by-all" }).resource("aws_s3_bucket")).toMatchObject({
      bucket: "test-known-by-all",
    });
  });

  describe("locking", () => {
    const lock = { mode: "compliance", days: 400 } as const;
    const lockOf = (stack: SynthesizedStack) => ({
      enabled: stack.resource("aws_s3_bucket").object_lock_enabled,
      rules: stack.resources("aws_s3_bucket_object_lock_configuration").map(({ rule }) => rule),
    });

    it("is off unless asked", () => {
      expect(lockOf(bucket())).toEqual({ enabled: undefined, rules: [] });
    });

    it("keeps every version for as long as asked", () => {
      expect(lockOf(bucket({ lock }))).toEqual({
        enabled: true,
        rules: [{ default_retention: { mode: "COMPLIANCE", days: 400 } }],
      });
    });

    it("stays off in a disposable zone, which could not be destroyed otherwise", () => {
      expect(lockOf(bucket({ lock }, testZone({ disposable: true })))).toEqual({
        enabled: undefined,
        rules: [],
      });
    });

    it("is refused for no whole number of days", () => {
      expect(() => bucket({ lock: { ...lock, days: 0 } })).toThrow(
        "'lock.days' must be a whole number from 1 to 36500, got: 0",
      );
    });
  });

  describe("tiers", () => {
    const tiers = [
      { afterDays: 30, storageClass: "STANDARD_IA" },
      { afterDays: 90, storageClass: "GLACIER_IR" },
    ] as const;

    it("moves current objects only when asked", () => {
      const rules = (stack: SynthesizedStack) => stack.resource("aws_s3_bucket_lifecycle_configuration").rule;
      expect(JSON.stringify(rules(bucket()))).not.toContain('"transition"');
      expect(rules(bucket({ tiers, expirationDays: 365 }))).toMatchObject([
        {
          transition: [
            { days: 30, storage_class: "STANDARD_IA" },
            { days: 90, storage_class: "GLACIER_IR" },
          ],
        },
      ]);
    });

    it.each([
      ["too early", [{ afterDays: 29, storageClass: "STANDARD_IA" }]],
      ["no whole number", [{ afterDays: 90.5, storageClass: "GLACIER_IR" }]],
      ["backwards in class", [tiers[1], { afterDays: 120, storageClass: "STANDARD_IA" }]],
      ["backwards in time", [tiers[0], { afterDays: 30, storageClass: "GLACIER_IR" }]],
      ["not before they expire", [{ afterDays: 365, storageClass: "DEEP_ARCHIVE" }]],
    ] satisfies [string, BucketProps["tiers"]][])("refuses moves that are %s", (_, wrong) => {
      expect(() => bucket({ tiers: wrong, expirationDays: 365 })).toThrow(
        /'tiers' must be classes in this order/,
      );
    });
  });
});
