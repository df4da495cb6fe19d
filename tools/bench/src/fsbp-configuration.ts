import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How many resources one unit of an app has: see {@link unit}. */
const UNIT = 10;

/** How many units a stack has: what a team puts into one state. */
const UNITS_PER_STACK = 20;

/**
 * Writes a configuration of about so many resources to a new folder: buckets with their companions, functions, queues, tables
 * and security groups, as many references as resources.
 *
 * @returns the folder
 */
export function fsbpConfiguration(resources: number): string {
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-fsbp-"));
  const units = Math.ceil(resources / UNIT);
  for (let first = 0; first < units; first += UNITS_PER_STACK) {
    const stack = join(folder, "stacks", `app-${first / UNITS_PER_STACK}`);
    mkdirSync(stack, { recursive: true });
    const count = Math.min(UNITS_PER_STACK, units - first);
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(stackOf(first, count), undefined, 2));
  }
  return folder;
}

function stackOf(first: number, count: number) {
  const resource: Record<string, Record<string, object>> = {};
  for (let index = first; index < first + count; index += 1) {
    for (const [type, name, block] of unit(`u${index}`)) (resource[type] ??= {})[name] = block;
  }
  return {
    provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }] },
    resource,
  };
}

const document = (resource: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OnlyTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [resource, `${resource}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });

/** A bucket with four companions, and a function with its role, queue, table and security group. */
function unit(name: string): readonly (readonly [type: string, name: string, block: object])[] {
  const bucket = `\${aws_s3_bucket.${name}.id}`;
  return [
    ["aws_s3_bucket", name, { bucket: `app-${name}` }],
    [
      "aws_s3_bucket_public_access_block",
      name,
      {
        bucket,
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    ],
    ["aws_s3_bucket_policy", name, { bucket, policy: document(`\${aws_s3_bucket.${name}.arn}`) }],
    ["aws_s3_bucket_versioning", name, { bucket, versioning_configuration: { status: "Enabled" } }],
    ["aws_s3_bucket_ownership_controls", name, { bucket, rule: { object_ownership: "BucketOwnerEnforced" } }],
    ["aws_iam_role", name, { name, assume_role_policy: document("*") }],
    [
      "aws_lambda_function",
      name,
      { function_name: name, runtime: "nodejs22.x", role: `\${aws_iam_role.${name}.arn}` },
    ],
    ["aws_sqs_queue", name, { name, sqs_managed_sse_enabled: true }],
    ["aws_dynamodb_table", name, { name, billing_mode: "PAY_PER_REQUEST" }],
    [
      "aws_security_group",
      name,
      { name, ingress: [{ from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: ["10.0.0.0/8"] }] },
    ],
  ];
}
