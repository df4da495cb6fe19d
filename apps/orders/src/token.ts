import { createPublicKey, type JsonWebKey, type KeyObject, verify } from "node:crypto";
import * as z from "zod/mini";

/** Why a token is not taken: for the log and the metrics. The client is told nothing of it. */
export type TokenProblem =
  | "missing"
  | "malformed"
  | "algorithm"
  | "unknown-key"
  | "signature"
  | "expired"
  | "not-yet-valid"
  | "issuer"
  | "audience"
  | "claims";

/** A token that is not taken. Its message holds nothing of the token. */
export class TokenError extends Error {
  override readonly name = "TokenError";

  constructor(readonly problem: TokenProblem) {
    super(`the token is refused: ${problem}`);
  }
}

/** Who calls, as a token proves it. */
export interface Caller {
  /** The token's subject: 1 to 128 printable ASCII characters. */
  readonly subject: string;
}

/** What a token must be made for. */
export interface Expected {
  readonly issuer: string;
  readonly audience: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The issuer's public keys, by their id. */
export type KeySet = ReadonlyMap<string, JsonWebKey>;

/** Seconds by which clocks may differ. */
const leewaySeconds = 30;
const maxTokenLength = 4096;
const minRsaBits = 2048;

const segment = /^[A-Za-z0-9_-]+$/;

const headerSchema = z.object({
  alg: z.enum(["RS256", "ES256"]),
  kid: z.string().check(z.minLength(1), z.maxLength(128)),
  typ: z.optional(z.enum(["JWT", "jwt", "at+jwt", "AT+JWT"])),
  // An extension that must be understood is one that we don't.
  crit: z.optional(z.undefined()),
});

const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  sub: z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/)),
  exp: z.number(),
  nbf: z.optional(z.number()),
});

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) });

/**
 * Reads the issuer's key set (RFC 7517). Keys that are for something else than signing are left out.
 * @throws Error when it is none
 */
export function parseKeySet(json: string): KeySet {
  const { keys } = jwksSchema.parse(JSON.parse(json));
  return new Map(keys.filter(({ use }) => use === undefined || use === "sig").map((key) => [key.kid, key]));
}

/** The token of an `Authorization` header. @throws TokenError */
export function bearerToken(header: string | undefined): string {
  if (header === undefined) throw new TokenError("missing");
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined || token.length > maxTokenLength) throw new TokenError("malformed");
  return token;
}

/** The id of the key with which a token says that it is signed; nothing else of it is to be believed. @throws TokenError */
export const keyIdOf = (token: string): string => parseHeader(token).kid;

/**
 * Verifies a token with `RS256` or `ES256`, and no other algorithm whatever the token says: the key's own type decides.
 * The signature is judged before any claim.
 *
 * @throws TokenError
 * @see https://www.rfc-editor.org/rfc/rfc8725 (best current practices)
 */
export function verifyToken(token: string, keys: KeySet, expected: Expected): Caller {
  const { alg, kid } = parseHeader(token);
  const jwk = keys.get(kid);
  if (!jwk) throw new TokenError("unknown-key");
  const [header = "", payload = "", signature = ""] = token.split(".");
  const signed = Buffer.from(`${header}.${payload}`);
  const key = publicKey(jwk, alg);
  if (!verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))) {
    throw new TokenError("signature");
  }
  return judge(parsePart(payload, claimsSchema, "claims"), expected);
}

function judge(claims: z.infer<typeof claimsSchema>, { issuer, audience, now }: Expected): Caller {
  const seconds = now / 1000;
  if (!(claims.exp > seconds - leewaySeconds)) throw new TokenError("expired");
  if (claims.nbf !== undefined && !(claims.nbf <= seconds + leewaySeconds)) {
    throw new TokenError("not-yet-valid");
  }
  if (claims.iss !== issuer) throw new TokenError("issuer");
  if (![claims.aud].flat().includes(audience)) throw new TokenError("audience");
  return { subject: claims.sub };
}

function parseHeader(token: string): z.infer<typeof headerSchema> {
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every((part) => segment.test(part))) throw new TokenError("malformed");
  return parsePart(parts[0] ?? "", headerSchema, "algorithm");
}

function parsePart<T extends z.ZodMiniType>(part: string, schema: T, problem: TokenProblem): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(part, "base64url")));
  } catch {
    throw new TokenError("malformed");
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new TokenError(problem);
  return result.data;
}

/** A key of the very kind that the algorithm is for: an RSA key must not verify what says ES256, nor the reverse. */
function publicKey(jwk: JsonWebKey, alg: "RS256" | "ES256"): KeyObject {
  if (jwk.alg !== undefined && jwk.alg !== alg) throw new TokenError("algorithm");
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    throw new TokenError("unknown-key");
  }
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  const fits =
    alg === "RS256"
      ? key.asymmetricKeyType === "rsa" && modulusLength >= minRsaBits
      : key.asymmetricKeyType === "ec" && namedCurve === "prime256v1";
  if (!fits) throw new TokenError("algorithm");
  return key;
}
