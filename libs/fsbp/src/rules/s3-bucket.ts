import { Unknown } from "@landfall/terraform-graph";
import { isSet, isTrue, mustBeOneOf, mustBeTrue, expectValue } from "../expect";
import { type PolicyStatement } from "../policy";
import { coversAction } from "../public-access";
import { missing } from "../related";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { all, any, COMPLIANT, NOT_APPLICABLE, type Verdict } from "../verdict";
import { anyBlock, anyCompanion } from "./companions";
import { PUBLIC_ACCESS_FLAGS } from "./s3-account";
import { ofBucket, policiesOf } from "./s3-companions";

/** Judges a bucket by another resource that must be there for it. */
const byCompanion = (
  bucket: Subject,
  type: string,
  wanted: string,
  judge: (companion: Subject) => Verdict,
): Verdict => anyCompanion(ofBucket(bucket, type), judge, missing(bucket, type, "bucket", wanted));

/** S3.8: the bucket itself blocks public access, whatever the account does. */
const blocksPublicAccess: ResourceRule = {
  control: "S3.8",
  types: ["aws_s3_bucket"],
  judge: (bucket) =>
    byCompanion(bucket, "aws_s3_bucket_public_access_block", "one with all four flags true", (block) =>
      all(...PUBLIC_ACCESS_FLAGS.map((flag) => mustBeTrue(block, flag))),
    ),
};

/**
 * S3.9: who used the bucket is logged. The bucket that takes the logs of others needs none itself: AWS says so, and to
 * suppress what it finds of it.
 */
const logs: ResourceRule = {
  control: "S3.9",
  types: ["aws_s3_bucket"],
  judge: (bucket) => {
    const own = any(
      anyBlock(
        bucket,
        "logging",
        (block) => expectValue(block, "target_bucket", { accepts: isSet, wanted: "a bucket" }),
        NOT_APPLICABLE,
      ),
      byCompanion(bucket, "aws_s3_bucket_logging", "one that names a bucket for the logs", () => COMPLIANT),
    );
    return own.status === "non-compliant" && takesLogs(bucket) ? NOT_APPLICABLE : own;
  },
};

/** Whether a bucket takes access logs: another one names it for them, or its policy lets S3 write them into it. */
const takesLogs = (bucket: Subject): boolean =>
  bucket.related("aws_s3_bucket_logging", "target_bucket", ["bucket"]).found.length > 0 ||
  bucket.related("aws_s3_bucket", "logging.target_bucket", ["bucket"]).found.length > 0 ||
  policiesOf(bucket).some(
    ({ statements }) => !(statements instanceof Unknown) && statements.some(letsLogsBeWritten),
  );

const letsLogsBeWritten = (statement: PolicyStatement): boolean =>
  statement.effect === "Allow" &&
  coversAction(statement, "s3:PutObject") &&
  statement.principals.some(({ type, id }) => type === "Service" && id === "logging.s3.amazonaws.com");

/** S3.12: access control lists are off. AWS does so for new buckets; of an older one only the configuration tells. */
const noAccessControlLists: ResourceRule = {
  control: "S3.12",
  types: ["aws_s3_bucket"],
  judge: (bucket) =>
    byCompanion(bucket, "aws_s3_bucket_ownership_controls", "one with BucketOwnerEnforced", (controls) =>
      mustBeOneOf(controls, "rule.object_ownership", ["BucketOwnerEnforced"]),
    ),
};

/** One rule of a lifecycle must be on. */
const hasEnabledRule = (lifecycle: Subject): Verdict =>
  anyBlock(
    lifecycle,
    "rule",
    (rule) => mustBeOneOf(rule, "status", ["Enabled"]),
    mustBeOneOf(lifecycle, "rule.status", ["Enabled"]),
  );

const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";

/** S3.13: objects have a lifecycle: a configuration with a rule that is on. */
const hasLifecycle: ResourceRule = {
  control: "S3.13",
  types: ["aws_s3_bucket"],
  judge: (bucket) =>
    any(
      anyBlock(
        bucket,
        "lifecycle_rule",
        (rule) => expectValue(rule, "enabled", { accepts: isTrue, wanted: "true" }),
        NOT_APPLICABLE,
      ),
      byCompanion(bucket, LIFECYCLE, "one with a rule that is enabled", hasEnabledRule),
    ),
};

/** S3.25: so have those of directory buckets. */
const directoryLifecycle: ResourceRule = {
  control: "S3.25",
  types: ["aws_s3_directory_bucket"],
  judge: (bucket) => byCompanion(bucket, LIFECYCLE, "one with a rule that is enabled", hasEnabledRule),
};

export const s3BucketRules: readonly ResourceRule[] = [
  blocksPublicAccess,
  logs,
  noAccessControlLists,
  hasLifecycle,
  directoryLifecycle,
];
