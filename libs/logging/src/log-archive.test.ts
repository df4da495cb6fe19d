import { type Zone } from "@landfall/core";
import {
  organizationZone,
  type SynthesizedStack,
  statementsOf,
  synthStack,
  testZone,
} from "@landfall/testing";
import { AccessLogs } from "./access-logs";
import { LogArchive, type LogArchiveProps } from "./log-archive";

const props: LogArchiveProps = {
  encryptionKey: { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/logs" },
  accessLogBucketName: "test-access-logs",
};
const GUARDS = ["DenyDeletingLogs", "DenyWeakeningTheBucket", "DenyDeletingTheBucket"];
const archive = (zone: Zone = testZone(), change: Partial<LogArchiveProps> = {}): SynthesizedStack =>
  synthStack((stack) => new LogArchive(stack, "Logs", { ...props, ...change }), {
    zone,
    definition: { name: "logging", scope: "regional", accounts: ["log-archive"] },
  });
const policyOf = (stack: SynthesizedStack, bucket: string) => {
  const policies = stack.json.resource?.aws_s3_bucket_policy ?? {};
  const [, policy] =
    Object.entries(policies).find(([address]) => address.startsWith(`Logs_${bucket}_`)) ?? [];
  return statementsOf(policy?.policy);
};
const names = (stack: SynthesizedStack) =>
  stack.resources("aws_s3_bucket").map(({ bucket }) => String(bucket).split("-")[2]);

describe("LogArchive", () => {
  const single = archive();

  it("has a bucket each for deliveries, Config and the trail, encrypted, logged and expiring", () => {
    expect(names(single).sort()).toEqual(["archive", "config", "trail"]);
    for (const encryption of single.resources("aws_s3_bucket_server_side_encryption_configuration")) {
      expect(JSON.stringify(encryption)).toContain(props.encryptionKey.keyArn);
    }
    expect(single.resources("aws_s3_bucket_logging")).toHaveLength(3);
    for (const { rule } of single.resources("aws_s3_bucket_lifecycle_configuration")) {
      expect(rule).toMatchObject([
        {
          expiration: [{ days: 365 }],
          transition: [
            { days: 30, storage_class: "STANDARD_IA" },
            { days: 90, storage_class: "GLACIER_IR" },
          ],
        },
      ]);
    }
  });

  it("locks the trail for as long and in the way that the zone says, and what Config writes not at all", () => {
    const zone = testZone({ retention: { logDays: 30, archiveDays: 2557, lock: "compliance" } });
    const stack = archive(zone);
    expect(stack.resource("aws_s3_bucket_object_lock_configuration")).toMatchObject({
      bucket: expect.stringContaining("aws_s3_bucket.Logs_Trail_"),
      rule: { default_retention: { mode: "COMPLIANCE", days: 2557 } },
    });
    const locked = stack.resources("aws_s3_bucket").filter((bucket) => bucket.object_lock_enabled);
    expect(locked.map(({ bucket }) => bucket)).toEqual(["test-logging-trail-123456789012-eu-west-1"]);
  });

  it("has no bucket for Config where the zone does not record", () => {
    expect(names(archive(testZone({ services: { config: false } }))).sort()).toEqual(["archive", "trail"]);
  });

  it("guards every bucket against the loss of logs", () => {
    for (const bucket of ["Archive", "Config", "Trail"]) {
      expect(Object.keys(policyOf(single, bucket))).toEqual(expect.arrayContaining(GUARDS));
    }
  });

  it("takes what AWS delivers for this account alone, with the Sids that AWS would add itself", () => {
    const statements = policyOf(single, "Archive");
    expect(Object.keys(statements)).toEqual([
      "DenyInsecureTransport",
      "AWSLogDeliveryWrite",
      "AWSLogDeliveryAclCheck",
      ...GUARDS,
    ]);
    for (const sid of ["AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck"]) {
      expect(statements[sid]).toMatchObject({
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": ["123456789012"] },
          ArnLike: { "aws:SourceArn": ["arn:aws:logs:eu-west-1:123456789012:*"] },
        },
      });
    }
  });

  it("takes the zone's own trail and no other", () => {
    const { AWSCloudTrailWrite } = policyOf(single, "Trail");
    expect(AWSCloudTrailWrite).toMatchObject({
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: [expect.stringMatching(/\/AWSLogs\/123456789012\/\*$/)],
      Condition: {
        StringEquals: {
          "aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:123456789012:trail/test-logging-account",
        },
      },
    });
  });

  describe("of an organization", () => {
    const zone = organizationZone();
    const accounts = zone.accounts.map(({ id }) => id);
    const stack = archive(zone, { organizationId: "o-exampleorgid" });

    it("takes what AWS delivers for each of the zone's accounts, each to its own folder", () => {
      for (const [bucket, sid, folder] of [
        ["Archive", "AWSLogDeliveryWrite", ""],
        ["Config", "AWSConfigBucketDelivery", "Config/"],
      ] as const) {
        const statement = policyOf(stack, bucket)[sid];
        expect(statement).toMatchObject({
          Condition: { StringEquals: { "aws:SourceAccount": accounts } },
        });
        expect(statement?.Resource).toEqual(
          accounts.map((id) => expect.stringMatching(new RegExp(`/AWSLogs/${id}/${folder}\\*$`))),
        );
      }
    });

    it("takes the trail of its management account, for all accounts", () => {
      expect(policyOf(stack, "Trail").AWSCloudTrailWrite).toMatchObject({
        Resource: [
          expect.stringMatching(/\/AWSLogs\/555555555555\/\*$/),
          expect.stringMatching(/\/AWSLogs\/o-exampleorgid\/\*$/),
        ],
        Condition: {
          StringEquals: {
            "aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:555555555555:trail/test-logging-account",
          },
        },
      });
    });
  });
});

describe("AccessLogs", () => {
  const stack = synthStack((stack) => new AccessLogs(stack, "Logs"), {
    definition: { name: "logging", scope: "regional", accounts: "every" },
  });

  it("is encrypted with S3's own key and not locked, since S3 and load balancers write to no other bucket", () => {
    expect(JSON.stringify(stack.resource("aws_s3_bucket_server_side_encryption_configuration"))).toContain(
      '"sse_algorithm":"AES256"',
    );
    expect(stack.resource("aws_s3_bucket")).not.toHaveProperty("object_lock_enabled");
    expect(stack.resources("aws_s3_bucket_logging")).toEqual([]);
  });

  it("takes the access logs of this account's buckets and load balancers alone, and is guarded", () => {
    const { policy } = stack.resource("aws_s3_bucket_policy");
    const statements = statementsOf(policy);
    expect(statements.ServerAccessLogs).toMatchObject({
      Principal: { Service: "logging.s3.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
    expect(statements.LoadBalancerAccessLogs?.Resource).toEqual([
      expect.stringMatching(/\}\/AWSLogs\/123456789012\/\*$/),
      expect.stringMatching(/\}\/\*\/AWSLogs\/123456789012\/\*$/),
    ]);
    expect(Object.keys(statements)).toEqual(expect.arrayContaining(GUARDS));
  });

  it("expires after the zone's archive days", () => {
    expect(stack.resource("aws_s3_bucket_lifecycle_configuration")).toMatchObject({
      rule: [{ expiration: [{ days: 365 }] }],
    });
  });
});
