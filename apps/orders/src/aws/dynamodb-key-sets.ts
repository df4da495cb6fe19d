import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { type KeySet, parseKeySet } from "../token";

/** Milliseconds for which keys are known without looking again. */
const keepMs = 5 * 60_000;
/** Milliseconds between two looks for a key that is not known: tokens can't be made to hammer the table. */
const retryMs = 10_000;

/**
 * The public keys of a token issuer, kept in a DynamoDB table with the key `issuer` and the issuer's JSON Web Key Set in
 * `jwks`. Needs `dynamodb:GetItem`.
 */
export class DynamoDbKeySets {
  private known: { readonly keys: KeySet; readonly readAt: number } | undefined;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
    private readonly issuer: string,
    private readonly now: () => number,
  ) {}

  /** The issuer's keys; read anew when they are old, or when a new one may have come. */
  async keysFor(keyId: string): Promise<KeySet> {
    const age = this.known ? this.now() - this.known.readAt : Infinity;
    if (this.known && age < keepMs && (this.known.keys.has(keyId) || age < retryMs)) return this.known.keys;
    const keys = await this.read();
    this.known = { keys, readAt: this.now() };
    return keys;
  }

  /** @throws Error when the issuer has no keys */
  async check(): Promise<void> {
    if ((await this.read()).size === 0) throw new Error("the issuer has no keys yet");
  }

  private async read(): Promise<KeySet> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: { issuer: { S: this.issuer } } }),
    );
    return parseKeySet(Item?.jwks?.S ?? '{"keys":[]}');
  }
}
