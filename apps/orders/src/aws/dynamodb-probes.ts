import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { type Dependency } from "../health";

/**
 * Writes an item of this region's own into the table of orders and reads it back, as an order would be. Needs
 * `dynamodb:GetItem` and `dynamodb:PutItem`.
 */
export const ordersProbe = (client: DynamoDBClient, table: string, region: string): Dependency => ({
  name: "orders-table",
  check: async () => {
    const key = { pk: { S: `health#${region}` } };
    const checkedAt = { S: new Date().toISOString() };
    await client.send(new PutItemCommand({ TableName: table, Item: { ...key, checkedAt } }));
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    // Another instance may have written since: the item is of this moment or later.
    if ((Item?.checkedAt?.S ?? "") < checkedAt.S) throw new Error("what was written is not there");
  },
});

/** Reads from the table of idempotency records. Needs `dynamodb:GetItem`. */
export const idempotencyProbe = (client: DynamoDBClient, table: string): Dependency => ({
  name: "idempotency-table",
  check: async () => {
    await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: "health" } } }));
  },
});
