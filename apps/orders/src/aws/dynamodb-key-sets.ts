import { DynamoDBProvider } from "@aws-lambda-powertools/parameters/dynamodb";
import { type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type KeySet, parseKeySet } from "../token";

/** Seconds for which keys are known without looking again. */
const KEEP_SECONDS = 5 * 60;
/** Milliseconds between two looks for a key that is not known: tokens can't be made to hammer the table. */
const RETRY_MS = 10_000;

/**
 * The public keys of a token issuer, kept in a DynamoDB table with the key `issuer` and the issuer's JSON Web Key Set in
 * `jwks`. Needs `dynamodb:GetItem`.
 */
export class DynamoDbKeySets {
  private readonly issuers: DynamoDBProvider;
  private lookedAt = -Infinity;

  constructor(
    client: DynamoDBClient,
    tableName: string,
    private readonly issuer: string,
    private readonly now: () => number,
  ) {
    this.issuers = new DynamoDBProvider({
      awsSdkV3Client: client,
      tableName,
      keyAttr: "issuer",
      valueAttr: "jwks",
    });
  }

  /** The issuer's keys; read anew when they are old, or when a new one may have come. */
  async keysFor(keyId: string): Promise<KeySet> {
    const keys = await this.read(false);
    if (keys.has(keyId) || this.now() - this.lookedAt < RETRY_MS) return keys;
    this.lookedAt = this.now();
    return this.read(true);
  }

  /** @throws Error when the issuer has no keys */
  async check(): Promise<void> {
    if ((await this.read(true)).size === 0) throw new Error("the issuer has no keys yet");
  }

  private async read(forceFetch: boolean): Promise<KeySet> {
    const jwks = await this.issuers.get(this.issuer, { maxAge: KEEP_SECONDS, forceFetch });
    return parseKeySet(typeof jwks === "string" ? jwks : '{"keys":[]}');
  }
}
