import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from "node:crypto";

/** An issuer with a key of each kind, as tests need it. */
export const issuer = "https://login.example.com/";
export const audience = "https://orders.example.com";

interface Signer {
  readonly alg: string;
  readonly kid: string;
  readonly key: KeyObject;
}

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const otherCurve = generateKeyPairSync("ec", { namedCurve: "P-384" });

export const signers = {
  RS256: { alg: "RS256", kid: "rsa-1", key: rsa.privateKey },
  ES256: { alg: "ES256", kid: "ec-1", key: ec.privateKey },
} as const satisfies Record<string, Signer>;

const jwk = (kid: string, key: KeyObject, more: JsonWebKey = {}) => ({
  ...key.export({ format: "jwk" }),
  kid,
  ...more,
});

/** The issuer's JSON Web Key Set, with keys in it that are not to be used. */
export const jwks = JSON.stringify({
  keys: [
    jwk("rsa-1", rsa.publicKey, { use: "sig", alg: "RS256" }),
    jwk("ec-1", ec.publicKey, { use: "sig" }),
    jwk("small", small.publicKey),
    jwk("p384", otherCurve.publicKey),
    jwk("for-encryption", rsa.publicKey, { use: "enc" }),
    { kty: "oct", kid: "secret", k: Buffer.from("shared").toString("base64url") },
    { kty: "RSA", kid: "broken", n: "!", e: "AQAB" },
  ],
});

export const keysOfOthers = {
  small: small.privateKey,
  p384: otherCurve.privateKey,
  rsaPublic: rsa.publicKey,
  stranger: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
};

export const part = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Claims of a good token at a time in seconds. */
export const claimsAt = (seconds: number) => ({
  iss: issuer,
  aud: audience,
  sub: "customer-1",
  iat: seconds,
  exp: seconds + 300,
});

/** A token with the given claims, signed by one of the issuer's keys or another. */
export function token(
  claims: unknown,
  { alg, kid, key }: Signer = signers.ES256,
  header: Readonly<Record<string, unknown>> = {},
): string {
  const signed = `${part({ typ: "JWT", alg, kid, ...header })}.${part(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}
