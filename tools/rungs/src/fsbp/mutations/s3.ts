import { record } from "@landfall/terraform-graph";
import { type Mutation } from "../mutation";
import { type ZoneDraft } from "../zone-draft";

const EVERYONE = { AWS: "*" };
const ANOTHER_ACCOUNT = { AWS: "arn:aws:iam::999999999999:root" };
const FLAGS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

/** A statement of the policy of a bucket that holds documents or logs, not one that takes access logs. */
function allowInBucket(zone: ZoneDraft, statement: object): void {
  const { bucket } = zone.find("aws_s3_bucket_logging");
  zone.allow("aws_s3_bucket_policy", { Resource: "*", ...statement }, (policy) => policy.bucket === bucket);
}

/** Lets everyone do something, with no block of public access in the way. */
function open(zone: ZoneDraft, action: string): void {
  const { bucket } = zone.find("aws_s3_bucket_logging");
  allowInBucket(zone, { Principal: EVERYONE, Action: action });
  zone.set("aws_s3_account_public_access_block", "restrict_public_buckets", false);
  zone.set(
    "aws_s3_bucket_public_access_block",
    "restrict_public_buckets",
    false,
    (block) => block.bucket === bucket,
  );
}

const ACCESS_POINT = { aws_s3_access_point: { Added: { bucket: "example", name: "added" } } };

const MULTI_REGION_ACCESS_POINT = {
  aws_s3control_multi_region_access_point: {
    Added: {
      details: {
        name: "added",
        region: [{ bucket: "example" }],
        public_access_block: Object.fromEntries(FLAGS.map((flag) => [flag, true])),
      },
    },
  },
};

const DIRECTORY_BUCKET = {
  aws_s3_directory_bucket: {
    Added: { bucket: "added--euw1-az1--x-s3", location: { name: "euw1-az1" } },
  },
  aws_s3_bucket_lifecycle_configuration: {
    Added: {
      bucket: "${aws_s3_directory_bucket.Added.bucket}",
      rule: [{ id: "expire", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 30 }] }],
    },
  },
};

/** How S3's controls are broken. */
export const s3Mutations: readonly Mutation[] = [
  {
    control: "S3.1",
    mutation: "the account's block of public access lets public policies be set",
    at: "aws_s3_account_public_access_block",
    change: (zone) => zone.set("aws_s3_account_public_access_block", "block_public_policy", false),
  },
  {
    control: "S3.2",
    mutation: "a bucket's policy lets everyone read, and no block of public access is in the way",
    at: "aws_s3_bucket",
    change: (zone) => open(zone, "s3:GetObject"),
  },
  {
    control: "S3.3",
    mutation: "a bucket's policy lets everyone write, and no block of public access is in the way",
    at: "aws_s3_bucket",
    change: (zone) => open(zone, "s3:PutObject"),
  },
  {
    control: "S3.5",
    mutation: "a bucket's policy refuses requests without TLS no more",
    at: "aws_s3_bucket",
    change: (zone) => {
      const policy = zone.find("aws_s3_bucket_policy");
      const document = record(JSON.parse(String(policy.policy)));
      const statements = [document.Statement].flat().filter((each) => record(each).Effect !== "Deny");
      policy.policy = JSON.stringify({ ...document, Statement: statements });
    },
  },
  {
    control: "S3.6",
    mutation: "a bucket's policy lets another account change the policy",
    at: "aws_s3_bucket",
    change: (zone) => allowInBucket(zone, { Principal: ANOTHER_ACCOUNT, Action: "s3:PutBucketPolicy" }),
  },
  {
    control: "S3.8",
    mutation: "a bucket loses its block of public access",
    at: "aws_s3_bucket",
    change: (zone) => zone.remove("aws_s3_bucket_public_access_block"),
  },
  {
    control: "S3.9",
    mutation: "a bucket's accesses are no longer logged",
    at: "aws_s3_bucket",
    change: (zone) => zone.remove("aws_s3_bucket_logging"),
  },
  {
    control: "S3.12",
    mutation: "a bucket takes access control lists",
    at: "aws_s3_bucket",
    change: (zone) =>
      zone.set("aws_s3_bucket_ownership_controls", "rule.object_ownership", "BucketOwnerPreferred"),
  },
  {
    control: "S3.13",
    mutation: "the rules of a bucket's lifecycle are disabled",
    at: "aws_s3_bucket",
    change: (zone) => {
      const { rule } = zone.find("aws_s3_bucket_lifecycle_configuration");
      const disabled = [rule].flat().map((each) => ({ ...record(each), status: "Disabled" }));
      zone.set("aws_s3_bucket_lifecycle_configuration", "rule", disabled);
    },
  },
  {
    control: "S3.19",
    mutation: "an access point lets public policies be set",
    at: "aws_s3_access_point",
    add: ACCESS_POINT,
    change: (zone) =>
      zone.set("aws_s3_access_point", "public_access_block_configuration", { block_public_policy: false }),
  },
  {
    control: "S3.24",
    mutation: "a Multi-Region Access Point takes public policies",
    at: "aws_s3control_multi_region_access_point",
    add: MULTI_REGION_ACCESS_POINT,
    change: (zone) =>
      zone.set(
        "aws_s3control_multi_region_access_point",
        "details.public_access_block.restrict_public_buckets",
        false,
      ),
  },
  {
    control: "S3.25",
    mutation: "a directory bucket loses its lifecycle",
    at: "aws_s3_directory_bucket",
    add: DIRECTORY_BUCKET,
    change: (zone) => zone.remove("aws_s3_bucket_lifecycle_configuration"),
  },
];
