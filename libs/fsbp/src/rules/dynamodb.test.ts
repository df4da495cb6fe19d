import { describeRule } from "../testing/cases";
import { dynamodbRules } from "./dynamodb";

const rule = (id: string) => {
  const found = dynamodbRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const table = (config: object, more: Record<string, Record<string, object>> = {}) => ({
  aws_dynamodb_table: { orders: { name: "orders", ...config } },
  ...more,
});
const targets = (...kinds: string[]) => ({
  aws_appautoscaling_target: Object.fromEntries(
    kinds.map((kind) => [
      kind,
      {
        resource_id: "table/${aws_dynamodb_table.orders.id}",
        scalable_dimension: `dynamodb:table:${kind}CapacityUnits`,
      },
    ]),
  ),
});

describeRule(rule("DynamoDB.1"), {
  compliant: [
    { of: "capacity on demand", resource: table({ billing_mode: "PAY_PER_REQUEST" }) },
    { of: "provisioned capacity that scales", resource: table({}, targets("Read", "Write")) },
  ],
  nonCompliant: [
    { of: "provisioned capacity", resource: table({}), path: "billing_mode" },
    { of: "capacity of which only reads scale", resource: table({}, targets("Read")), path: "billing_mode" },
  ],
  unknown: [
    { of: "capacity by a variable", resource: table({ billing_mode: "${var.mode}" }) },
    {
      of: "scaling of what a variable names",
      resource: table({}, { aws_appautoscaling_target: { t: { resource_id: "${var.id}" } } }),
    },
  ],
});

const replica = (config: object) => ({
  aws_dynamodb_table_replica: { r: { global_table_arn: "arn", ...config } },
});

describeRule(rule("DynamoDB.2"), {
  compliant: [
    { of: "recovery", resource: table({ point_in_time_recovery: [{ enabled: true }] }) },
    {
      of: "recovery in each region",
      resource: table({
        point_in_time_recovery: [{ enabled: true }],
        replica: [{ region_name: "eu-central-1", point_in_time_recovery: true }],
      }),
    },
    { of: "a replica with recovery", resource: replica({ point_in_time_recovery: true }) },
  ],
  nonCompliant: [
    { of: "no recovery", resource: table({}), path: "point_in_time_recovery.enabled" },
    {
      of: "recovery that is off",
      resource: table({ point_in_time_recovery: { enabled: false } }),
      path: "point_in_time_recovery.enabled",
    },
    {
      of: "a region without recovery",
      resource: table({
        point_in_time_recovery: [{ enabled: true }],
        replica: [{ region_name: "eu-central-1" }],
      }),
      path: "replica.point_in_time_recovery",
    },
    { of: "a replica without recovery", resource: replica({}), path: "point_in_time_recovery" },
  ],
  unknown: [
    { of: "recovery by a variable", resource: table({ point_in_time_recovery: { enabled: "${var.on}" } }) },
  ],
});

const cluster = (config: object) => ({ aws_dax_cluster: { cache: config } });

describeRule(rule("DynamoDB.3"), {
  compliant: [{ of: "encryption", resource: cluster({ server_side_encryption: [{ enabled: true }] }) }],
  nonCompliant: [
    { of: "a cluster that says nothing", resource: cluster({}), path: "server_side_encryption.enabled" },
    {
      of: "encryption that is off",
      resource: cluster({ server_side_encryption: [{ enabled: false }] }),
      path: "server_side_encryption.enabled",
    },
  ],
  unknown: [
    {
      of: "encryption by a variable",
      resource: cluster({ server_side_encryption: [{ enabled: "${var.on}" }] }),
    },
  ],
});

describeRule(rule("DynamoDB.6"), {
  compliant: [
    { of: "protection", resource: table({ deletion_protection_enabled: true }) },
    { of: "a protected replica", resource: replica({ deletion_protection_enabled: true }) },
  ],
  nonCompliant: [
    { of: "a table that says nothing", resource: table({}), path: "deletion_protection_enabled" },
    {
      of: "protection that is off",
      resource: table({ deletion_protection_enabled: false }),
      path: "deletion_protection_enabled",
    },
    {
      of: "one region of two without protection",
      resource: table({
        deletion_protection_enabled: true,
        replica: [
          { region_name: "eu-central-1", deletion_protection_enabled: true },
          { region_name: "us-east-1" },
        ],
      }),
      path: "replica[1].deletion_protection_enabled",
    },
    { of: "a replica without protection", resource: replica({}), path: "deletion_protection_enabled" },
  ],
  unknown: [
    { of: "protection by a variable", resource: table({ deletion_protection_enabled: "${var.on}" }) },
  ],
});

describeRule(rule("DynamoDB.7"), {
  compliant: [{ of: "TLS", resource: cluster({ cluster_endpoint_encryption_type: "TLS" }) }],
  nonCompliant: [
    { of: "a cluster that says nothing", resource: cluster({}), path: "cluster_endpoint_encryption_type" },
    {
      of: "NONE",
      resource: cluster({ cluster_endpoint_encryption_type: "NONE" }),
      path: "cluster_endpoint_encryption_type",
    },
  ],
  unknown: [
    { of: "TLS by a variable", resource: cluster({ cluster_endpoint_encryption_type: "${var.type}" }) },
  ],
});
