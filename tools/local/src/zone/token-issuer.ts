import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { clientConfig } from "../functions/aws-clients";
import { published, type ZoneAddress } from "./published";

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** What a token says, beside what makes it a good one. */
export type Claims = Readonly<Record<string, unknown>>;

/** Stands in for the identity provider whose tokens the app orders takes: its key lives as long as this process. */
export class TokenIssuer {
  private readonly pair = generateKeyPairSync("ec", { namedCurve: "P-256" });

  private constructor(
    private readonly issuer: string,
    private readonly audience: string,
    private readonly keyId: string = randomUUID(),
  ) {}

  /** Makes the app take its tokens from now on: writes its public key into the table of issuers. */
  static async register(where: ZoneAddress): Promise<TokenIssuer> {
    const value = await published(where, "orders");
    const issuer = new TokenIssuer(value("tokenIssuer"), value("tokenAudience"));
    const client = new DynamoDBClient(clientConfig(where.address));
    await client.send(
      new PutItemCommand({
        TableName: value("issuersTableName"),
        Item: { issuer: { S: issuer.issuer }, jwks: { S: issuer.keySet() } },
      }),
    );
    client.destroy();
    return issuer;
  }

  /** A token of somebody who knows all but the key: the same issuer, the same key id, another key. */
  forger(): TokenIssuer {
    return new TokenIssuer(this.issuer, this.audience, this.keyId);
  }

  /**
   * A token, signed with ES256.
   *
   * @param claims win over those of a good one, which is good for an hour
   */
  token(subject: string, claims: Claims = {}): string {
    const seconds = Math.floor(Date.now() / 1000);
    const { issuer: iss, audience: aud } = this;
    const all = { iss, aud, sub: subject, iat: seconds, exp: seconds + 3600, ...claims };
    const signed = `${base64url({ typ: "JWT", alg: "ES256", kid: this.keyId })}.${base64url(all)}`;
    const key = { key: this.pair.privateKey, dsaEncoding: "ieee-p1363" } as const;
    return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
  }

  /** A JSON Web Key Set with the public key. */
  private keySet(): string {
    const jwk = this.pair.publicKey.export({ format: "jwk" });
    return JSON.stringify({ keys: [{ ...jwk, kid: this.keyId, alg: "ES256", use: "sig" }] });
  }
}
