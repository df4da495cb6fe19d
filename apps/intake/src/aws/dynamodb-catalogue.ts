import {
  ConditionalCheckFailedException,
  PutItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { type Catalogue, type CatalogueRow } from "../catalogue";

/** Keeps the catalogue in a DynamoDB table with the key `pk`. Needs `dynamodb:PutItem`. */
export class DynamoDbCatalogue implements Catalogue {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
  ) {}

  async add(row: CatalogueRow): Promise<boolean> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: toItem(row, new Date()),
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

/** The row as stored: `pk` is `document#<digest>`, times are ISO 8601 in UTC. */
export function toItem(row: CatalogueRow, cataloguedAt: Date): Record<string, AttributeValue> {
  const { bucket, key, versionId } = row.upload;
  return {
    pk: { S: `document#${row.digest}` },
    digest: { S: row.digest },
    format: { S: row.format },
    bucket: { S: bucket },
    key: { S: key },
    ...(versionId !== undefined && { versionId: { S: versionId } }),
    bytes: { N: String(row.bytes) },
    cataloguedAt: { S: cataloguedAt.toISOString() },
    entryCount: { N: String(row.entries.length) },
    entries: {
      L: row.entries.map(({ title, author, issued, tags }) => ({
        M: {
          title: { S: title },
          author: { S: author },
          issued: { S: issued },
          ...(tags && { tags: { L: tags.map((tag) => ({ S: tag })) } }),
        },
      })),
    },
  };
}
