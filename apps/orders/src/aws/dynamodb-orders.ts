import {
  ConditionalCheckFailedException,
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { parseJson } from "../json";
import { parseOrder } from "../order";
import { type OrderRow, type Orders, type Receipt, type Status } from "../orders";

type Item = Readonly<Record<string, AttributeValue>>;

export const orderKey = (id: string): Record<string, AttributeValue> => ({ pk: { S: `order#${id}` } });

/**
 * Keeps orders in a DynamoDB table with the key `pk`. Needs `dynamodb:GetItem` and `dynamodb:PutItem`.
 */
export class DynamoDbOrders implements Orders {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
  ) {}

  async accept(row: OrderRow): Promise<{ receipt: Receipt; created: boolean }> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: toItem(row, process.env._X_AMZN_TRACE_ID),
          ConditionExpression: "attribute_not_exists(pk)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return { receipt: receiptOf(row), created: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return { receipt: receiptOf(fromItem(error.Item)), created: false };
    }
  }

  async find(id: string): Promise<OrderRow | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: orderKey(id), ConsistentRead: true }),
    );
    return Item && fromItem(Item);
  }
}

const receiptOf = ({ id, acceptedAt, digest, status }: OrderRow): Receipt => ({
  id,
  acceptedAt,
  digest,
  status,
});

/**
 * The row as stored. The order is one JSON text, as it was checked.
 *
 * @param trace the X-Ray header of the invocation, which the stream would lose
 */
export function toItem(row: OrderRow, trace?: string): Record<string, AttributeValue> {
  const { id, customer, status, acceptedAt, region, digest, order } = row;
  return {
    ...orderKey(id),
    id: { S: id },
    customer: { S: customer },
    status: { S: status },
    acceptedAt: { S: acceptedAt },
    region: { S: region },
    digest: { S: digest },
    order: { S: JSON.stringify(order) },
    ...(trace !== undefined && { trace: { S: trace } }),
  };
}

/** @throws Error when the item is no order */
export function fromItem(item: Item): OrderRow {
  const text = (name: string): string => {
    const value = item[name]?.S;
    if (value === undefined) throw new Error(`the stored order lacks '${name}'`);
    return value;
  };
  return {
    id: text("id"),
    customer: text("customer"),
    status: text("status") as Status,
    acceptedAt: text("acceptedAt"),
    region: text("region"),
    digest: text("digest"),
    order: parseOrder(parseJson(Buffer.from(text("order")))),
  };
}
