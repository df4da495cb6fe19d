import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { type IKey } from "@landfall/keys";
import { type Constraint, validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** A DynamoDB table. */
export interface ITable {
  readonly tableName: string;
  readonly tableArn: string;
}

/** A DynamoDB table whose changes can be read. */
export interface IStreamedTable extends ITable {
  readonly streamArn: string;
}

/** What a record of a stream holds of the changed item. */
export type StreamView = "keys-only" | "new-image" | "old-image" | "new-and-old-images";

/** Another order of the items: by other attributes, all of them strings. */
export interface TableIndex {
  readonly partitionKey: string;
  /** @default none */
  readonly sortKey?: string;
  /** Which attributes it holds: all, the keys, or the keys and these. @default "all" */
  readonly holds?: "all" | "keys" | readonly string[];
}

export interface TableProps {
  /** What it holds, e.g. `catalogue`. */
  readonly name: string;
  readonly encryptionKey: IKey;
  /** The name of the partition key, a string. */
  readonly partitionKey: string;
  /** The name of the sort key, a string. @default none: a partition holds one item */
  readonly sortKey?: string;
  /** The attribute with the time, in seconds since 1970, at which an item expires. @default items never expire */
  readonly timeToLiveAttribute?: string;
  /** What its stream shows of each change. @default none, or `new-and-old-images` where it is replicated */
  readonly stream?: StreamView;
  /** Global secondary indexes by name, at most 20. @default none */
  readonly indexes?: Readonly<Record<string, TableIndex>>;
  /**
   * Whether it has replicas in other regions: each is a `TableReplica` in the stack's instance of that region.
   * @default false
   */
  readonly replicated?: boolean;
}

/** DynamoDB's quota of global secondary indexes. */
const MOST_INDEXES = 20;

/**
 * A table on demand: encrypted with a customer key, recoverable to any second of the last 35 days, guarded from
 * deletion (but for a disposable zone).
 *
 * @see DynamoDB.1 (capacity), DynamoDB.2 (recovery), DynamoDB.6 (deletion protection)
 */
export class Table extends Construct implements ITable {
  readonly tableName: string;
  readonly tableArn: string;

  private readonly resource: DynamodbTable;
  private readonly streams: boolean;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { replicated = false, indexes = {} } = props;
    validateProps(this, constraints(props));
    const stream = props.stream ?? (replicated ? "new-and-old-images" : undefined);
    this.streams = stream !== undefined;
    this.resource = new DynamodbTable(this, "Resource", {
      name: stack.resourceName("table", props.name),
      billingMode: "PAY_PER_REQUEST",
      hashKey: props.partitionKey,
      ...(props.sortKey === undefined ? {} : { rangeKey: props.sortKey }),
      attribute: keyAttributes(props).map((name) => ({ name, type: "S" })),
      ...(Object.keys(indexes).length === 0
        ? {}
        : { globalSecondaryIndex: Object.entries(indexes).map(([name, index]) => toIndex(name, index)) }),
      ...(stream === undefined
        ? {}
        : { streamEnabled: true, streamViewType: stream.toUpperCase().replaceAll("-", "_") }),
      deletionProtectionEnabled: !stack.zone.disposable,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: props.encryptionKey.keyArn },
      ...(props.timeToLiveAttribute === undefined
        ? {}
        : { ttl: { enabled: true, attributeName: props.timeToLiveAttribute } }),
      // Replicas belong to the stacks of their regions: this one would remove them.
      ...(replicated ? { lifecycle: { ignoreChanges: ["replica"] } } : {}),
    });
    this.tableName = this.resource.name;
    this.tableArn = this.resource.arn;
  }

  /** The ARN of its stream. @throws Error when it has none */
  get streamArn(): string {
    if (!this.streams) throw new Error(`'${this.node.path}' has no stream: give it one with 'stream'`);
    return this.resource.streamArn;
  }
}

/** Every attribute that is part of a key: DynamoDB takes no definition of any other. */
const keyAttributes = ({ partitionKey, sortKey, indexes = {} }: TableProps): readonly string[] => [
  ...new Set(
    [
      partitionKey,
      sortKey,
      ...Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]),
    ].filter((name) => name !== undefined),
  ),
];

const toIndex = (name: string, { partitionKey, sortKey, holds = "all" }: TableIndex) => ({
  name,
  hashKey: partitionKey,
  ...(sortKey === undefined ? {} : { rangeKey: sortKey }),
  ...(typeof holds === "string"
    ? { projectionType: holds === "all" ? "ALL" : "KEYS_ONLY" }
    : { projectionType: "INCLUDE", nonKeyAttributes: [...holds] }),
});

const constraints = ({
  partitionKey,
  sortKey,
  stream,
  replicated,
  indexes = {},
}: TableProps): Constraint[] => [
  {
    prop: "sortKey",
    value: sortKey,
    valid: sortKey !== partitionKey,
    allowed: `another attribute than the partition key '${partitionKey}'`,
  },
  {
    prop: "stream",
    value: stream,
    // Replicas are kept alike by what the stream shows.
    valid: !replicated || stream === undefined || stream === "new-and-old-images",
    allowed: '"new-and-old-images" for a replicated table',
  },
  {
    prop: "indexes",
    value: Object.keys(indexes),
    valid:
      Object.keys(indexes).length <= MOST_INDEXES &&
      Object.keys(indexes).every((name) => /^[a-zA-Z0-9_.-]{3,255}$/.test(name)),
    allowed: `at most ${MOST_INDEXES}, each named by 3 to 255 letters, digits, dots, hyphens or underscores`,
  },
];
