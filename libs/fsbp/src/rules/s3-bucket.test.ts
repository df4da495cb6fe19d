import { describeRule } from "../testing/cases";
import { s3BucketRules } from "./s3-bucket";

const rule = (id: string) => {
  const found = s3BucketRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
type More = Record<string, Record<string, object>>;

const bucket = (more: More = {}, config: object = {}) => ({ aws_s3_bucket: { b: config }, ...more });
const OF_BUCKET = { bucket: "${aws_s3_bucket.b.id}" };
const companion = (type: string, config: object, of: object = OF_BUCKET): More => ({
  [type]: { c: { ...of, ...config } },
});
const BLOCK = "aws_s3_bucket_public_access_block";
const FLAGS = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

describeRule(rule("S3.8"), {
  compliant: [
    { of: "a bucket with all four flags", resource: bucket(companion(BLOCK, FLAGS)) },
    {
      of: "a block that names the bucket",
      resource: bucket(companion(BLOCK, FLAGS, { bucket: "orders" }), { bucket: "orders" }),
    },
  ],
  nonCompliant: [
    { of: "a bucket without a block", resource: bucket(), path: "" },
    {
      of: "a block of another bucket",
      resource: bucket(companion(BLOCK, FLAGS, { bucket: "others" }), { bucket: "orders" }),
      path: "",
    },
    ...Object.keys(FLAGS).map((flag) => ({
      of: `${flag} that is false`,
      resource: bucket(companion(BLOCK, { ...FLAGS, [flag]: false })),
      path: `${BLOCK}.c.${flag}`,
    })),
    {
      of: "a flag that is left out",
      resource: bucket(companion(BLOCK, { ...FLAGS, ignore_public_acls: undefined })),
      path: `${BLOCK}.c.ignore_public_acls`,
    },
  ],
  unknown: [
    {
      of: "a flag by a variable",
      resource: bucket(companion(BLOCK, { ...FLAGS, block_public_acls: "${var.on}" })),
    },
    {
      of: "a block of a bucket by a variable",
      resource: bucket(companion(BLOCK, FLAGS, { bucket: "${var.b}" })),
    },
    {
      of: "blocks whose number is not known",
      resource: bucket(companion(BLOCK, { ...FLAGS, count: "${var.n}" })),
    },
  ],
});

const LOGGING = "aws_s3_bucket_logging";
const letsWrite = (principal: string, action: string): object => ({
  policy: JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: principal }, Action: action, Resource: "*" }],
  }),
});

describeRule(rule("S3.9"), {
  compliant: [
    { of: "a bucket that logs", resource: bucket(companion(LOGGING, { target_bucket: "logs" })) },
    {
      of: "a bucket that takes the logs of all, its own too",
      resource: bucket(companion(LOGGING, { target_bucket: "${aws_s3_bucket.b.id}" })),
    },
    { of: "a bucket with a block for it", resource: bucket({}, { logging: [{ target_bucket: "logs" }] }) },
  ],
  nonCompliant: [
    { of: "a bucket that does not", resource: bucket(), path: "" },
    {
      of: "a bucket that something else is written to",
      resource: bucket(
        companion("aws_s3_bucket_policy", letsWrite("cloudtrail.amazonaws.com", "s3:PutObject")),
      ),
      path: "",
    },
    {
      of: "a bucket that S3 may only look at",
      resource: bucket(
        companion("aws_s3_bucket_policy", letsWrite("logging.s3.amazonaws.com", "s3:GetObject")),
      ),
      path: "",
    },
  ],
  unknown: [
    {
      of: "logging of a bucket by a variable",
      resource: bucket(companion(LOGGING, {}, { bucket: "${var.b}" })),
    },
  ],
  notApplicable: [
    {
      of: "the bucket that takes another's logs",
      resource: {
        aws_s3_bucket: { b: {}, other: {} },
        [LOGGING]: { c: { bucket: "${aws_s3_bucket.other.id}", target_bucket: "${aws_s3_bucket.b.id}" } },
      },
      address: "aws_s3_bucket.b",
    },
    {
      of: "the bucket that a block of another names",
      resource: { aws_s3_bucket: { b: { bucket: "logs" }, other: { logging: [{ target_bucket: "logs" }] } } },
      address: "aws_s3_bucket.b",
    },
    {
      of: "a bucket that S3 may write access logs into",
      resource: bucket(
        companion("aws_s3_bucket_policy", letsWrite("logging.s3.amazonaws.com", "s3:PutObject")),
      ),
    },
  ],
});

const CONTROLS = "aws_s3_bucket_ownership_controls";
const owned = (object_ownership: string) => companion(CONTROLS, { rule: [{ object_ownership }] });

describeRule(rule("S3.12"), {
  compliant: [{ of: "lists that are off", resource: bucket(owned("BucketOwnerEnforced")) }],
  nonCompliant: [
    { of: "a bucket that does not say", resource: bucket(), path: "" },
    {
      of: "lists that count",
      resource: bucket(owned("BucketOwnerPreferred")),
      path: `${CONTROLS}.c.rule.object_ownership`,
    },
  ],
  unknown: [{ of: "ownership by a variable", resource: bucket(owned("${var.ownership}")) }],
});

const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
const lifecycle = (...statuses: string[]) =>
  companion(LIFECYCLE, { rule: statuses.map((status) => ({ status })) });

describeRule(rule("S3.13"), {
  compliant: [
    { of: "a rule that is on", resource: bucket(lifecycle("Enabled")) },
    { of: "one of several that is on", resource: bucket(lifecycle("Disabled", "Enabled")) },
    { of: "a block that is on", resource: bucket({}, { lifecycle_rule: [{ enabled: true }] }) },
  ],
  nonCompliant: [
    { of: "a bucket without rules", resource: bucket(), path: "" },
    {
      of: "rules that are all off",
      resource: bucket(lifecycle("Disabled", "Disabled")),
      path: `${LIFECYCLE}.c.rule[0].status`,
    },
    {
      of: "a configuration without rules",
      resource: bucket(lifecycle()),
      path: `${LIFECYCLE}.c.rule.status`,
    },
    {
      of: "a block that is off",
      resource: bucket({}, { lifecycle_rule: [{ enabled: false }] }),
      path: "lifecycle_rule.enabled",
    },
  ],
  unknown: [{ of: "a rule by a variable", resource: bucket(lifecycle("${var.status}")) }],
});

const directory = (more: More = {}) => ({
  aws_s3_directory_bucket: { b: { bucket: "b--euw1-az1--x-s3" } },
  ...more,
});
const ofDirectory = { bucket: "${aws_s3_directory_bucket.b.bucket}" };

describeRule(rule("S3.25"), {
  compliant: [
    {
      of: "a directory bucket with a rule",
      resource: directory(companion(LIFECYCLE, { rule: [{ status: "Enabled" }] }, ofDirectory)),
    },
  ],
  nonCompliant: [
    { of: "a directory bucket without one", resource: directory(), path: "" },
    {
      of: "a directory bucket whose rule is off",
      resource: directory(companion(LIFECYCLE, { rule: [{ status: "Disabled" }] }, ofDirectory)),
      path: `${LIFECYCLE}.c.rule.status`,
    },
  ],
  unknown: [
    {
      of: "rules of a bucket by a variable",
      resource: directory(companion(LIFECYCLE, { rule: [{ status: "Enabled" }] }, { bucket: "${var.b}" })),
    },
  ],
});
