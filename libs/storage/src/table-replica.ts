import { DataAwsDynamodbTable } from "@cdktf/provider-aws/lib/data-aws-dynamodb-table";
import { DynamodbTableReplicaA } from "@cdktf/provider-aws/lib/dynamodb-table-replica";
import { type IKey } from "@landfall/keys";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type IStreamedTable } from "./table";

export interface TableReplicaProps {
  /** The name that the replicated table was made with, e.g. `orders`. */
  readonly name: string;
  /** A key of this region: a replica of the table's, or another. */
  readonly encryptionKey: IKey;
}

/**
 * The replica, in the region of this stack, of a table that the same stack's instance in the home region owns: it takes
 * reads and writes, and hands on what is written in either region, mostly within a second. Where both regions write the
 * same item at once, the later write stays.
 *
 * @see DynamoDB.2 (recovery), DynamoDB.6 (deletion protection),
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export class TableReplica extends Construct implements IStreamedTable {
  readonly tableName: string;
  readonly tableArn: string;
  /** Its own stream, which shows what was written in any region. */
  readonly streamArn: string;

  constructor(scope: Construct, id: string, props: TableReplicaProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    validateProps(this, [
      {
        prop: "region",
        value: stack.region,
        valid: !stack.isHomeRegion,
        allowed: "another region than the table's own, the home region: use a Table there",
      },
    ]);
    this.tableName = stack.resourceName("table", props.name);
    const path = `table/${this.tableName}`;
    const replica = new DynamodbTableReplicaA(this, "Resource", {
      globalTableArn: stack.arn("dynamodb", path, stack.zone.regions.home),
      kmsKeyArn: props.encryptionKey.keyArn,
      pointInTimeRecovery: true,
      deletionProtectionEnabled: !stack.zone.disposable,
    });
    // Spelt out, as everywhere: policies say what they are about before it is there.
    this.tableArn = stack.arn("dynamodb", path);
    // A replica doesn't tell its stream, whose name is the time at which it was made.
    this.streamArn = new DataAwsDynamodbTable(this, "Stream", {
      name: this.tableName,
      dependsOn: [replica],
    }).streamArn;
  }
}
