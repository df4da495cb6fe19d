import { Unknown } from "@landfall/terraform-graph";
import { eachBlock, mustBeOneOf, mustBeTrue } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";

/** DynamoDB.1: capacity follows demand. */
const scales: ResourceRule = {
  control: "DynamoDB.1",
  types: ["aws_dynamodb_table"],
  judge: (table) =>
    any(mustBeOneOf(table, "billing_mode", ["PAY_PER_REQUEST"], "PROVISIONED"), hasScalingTargets(table)),
};

function hasScalingTargets(table: Subject): Verdict {
  const { found, uncertain } = table.related("aws_appautoscaling_target", "resource_id", ["name"]);
  const dimensions = found.map((target) => target.value("scalable_dimension"));
  const scaled = ["Read", "Write"].filter((kind) =>
    dimensions.includes(`dynamodb:table:${kind}CapacityUnits`),
  );
  if (scaled.length === 2) return COMPLIANT;
  return uncertain instanceof Unknown
    ? unknown("billing_mode", uncertain.reason)
    : nonCompliant(
        "billing_mode",
        `scaling of ${scaled.join(", ") || "nothing"}`,
        "PAY_PER_REQUEST, or an aws_appautoscaling_target for reads and writes",
      );
}

/**
 * A setting that each table has for itself, and each of its replicas in other regions too: DynamoDB does not copy it. In a
 * `replica` block it may have another name.
 */
const ofEachReplica = (control: string, setting: string, inReplica: string): ResourceRule => ({
  control,
  types: ["aws_dynamodb_table", "aws_dynamodb_table_replica"],
  judge: (table) =>
    table.resource.type === "aws_dynamodb_table_replica"
      ? mustBeTrue(table, inReplica)
      : all(
          mustBeTrue(table, setting),
          eachBlock(table, "replica", (replica) => mustBeTrue(replica, inReplica), NOT_APPLICABLE),
        ),
});

export const dynamodbRules: readonly ResourceRule[] = [
  scales,
  /** DynamoDB.2: a table can be restored to any point in time. */
  ofEachReplica("DynamoDB.2", "point_in_time_recovery.enabled", "point_in_time_recovery"),
  /** DynamoDB.3: DAX clusters are encrypted at rest. */
  {
    control: "DynamoDB.3",
    types: ["aws_dax_cluster"],
    judge: (cluster) => mustBeTrue(cluster, "server_side_encryption.enabled"),
  },
  /** DynamoDB.6: a table can't be deleted by mistake. */
  ofEachReplica("DynamoDB.6", "deletion_protection_enabled", "deletion_protection_enabled"),
  /** DynamoDB.7: DAX clusters ask for TLS. */
  {
    control: "DynamoDB.7",
    types: ["aws_dax_cluster"],
    judge: (cluster) => mustBeOneOf(cluster, "cluster_endpoint_encryption_type", ["TLS"], "NONE"),
  },
];
