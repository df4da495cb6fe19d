import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type Fulfilments } from "../fulfilment";
import { orderKey } from "./dynamodb-orders";

/** Marks orders in the table of orders. Needs `dynamodb:UpdateItem`. */
export class DynamoDbFulfilments implements Fulfilments {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
  ) {}

  async fulfil(orderId: string, fulfilledAt: string): Promise<"fulfilled" | "already" | "unknown"> {
    try {
      await this.client.send(
        new UpdateItemCommand({
          TableName: this.table,
          Key: orderKey(orderId),
          UpdateExpression: "SET #status = :fulfilled, fulfilledAt = :at",
          ConditionExpression: "#status = :accepted",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: {
            ":fulfilled": { S: "fulfilled" },
            ":accepted": { S: "accepted" },
            ":at": { S: fulfilledAt },
          },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return "fulfilled";
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item ? "already" : "unknown";
    }
  }
}
