import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** A DynamoDB table. */
export interface ITable {
  readonly tableName: string;
  readonly tableArn: string;
}

export interface TableProps {
  /** What it holds, e.g. `catalogue`. */
  readonly name: string;
  readonly encryptionKey: IKey;
  /** The name of the partition key, a string. */
  readonly partitionKey: string;
  /** The attribute with the time, in seconds since 1970, at which an item expires. @default items never expire */
  readonly timeToLiveAttribute?: string;
}

/**
 * A table on demand: encrypted with a customer key, recoverable to any second of the last 35 days, guarded from
 * deletion (but for a disposable zone).
 *
 * @see DynamoDB.1 (capacity), DynamoDB.2 (recovery), DynamoDB.6 (deletion protection)
 */
export class Table extends Construct implements ITable {
  readonly tableName: string;
  readonly tableArn: string;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const table = new DynamodbTable(this, "Resource", {
      name: stack.resourceName("table", props.name),
      billingMode: "PAY_PER_REQUEST",
      hashKey: props.partitionKey,
      attribute: [{ name: props.partitionKey, type: "S" }],
      deletionProtectionEnabled: !stack.zone.disposable,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: props.encryptionKey.keyArn },
      ...(props.timeToLiveAttribute === undefined
        ? {}
        : { ttl: { enabled: true, attributeName: props.timeToLiveAttribute } }),
    });
    this.tableName = table.name;
    this.tableArn = table.arn;
  }
}
