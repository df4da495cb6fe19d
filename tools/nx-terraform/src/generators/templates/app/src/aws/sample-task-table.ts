import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type SampleTaskRequest, type SampleTaskRows } from "../sample-task";

/** Keeps rows in a DynamoDB table with the key `pk`. Needs `dynamodb:PutItem`. */
export class SampleTaskTable implements SampleTaskRows {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
  ) {}

  async add({ id, note }: SampleTaskRequest): Promise<boolean> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: {
            pk: { S: `request#${id}` },
            takenInAt: { S: new Date().toISOString() },
            ...(note !== undefined && { note: { S: note } }),
          },
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
