import { createHmac } from "node:crypto";
import fc from "fast-check";
import { audience, claimsAt, issuer, jwks, keysOfOthers, part, signers, token } from "./testing/tokens";
import { bearerToken, parseKeySet, TokenError, type TokenProblem, verifyToken } from "./token";

const seconds = 1_780_000_000;
const keys = parseKeySet(jwks);
const good = claimsAt(seconds);

const verify = (given: string) => verifyToken(given, keys, { issuer, audience, now: seconds * 1000 });
const problemOf = (work: () => unknown): TokenProblem | "none" => {
  try {
    work();
    return "none";
  } catch (error) {
    if (error instanceof TokenError) return error.problem;
    throw error;
  }
};

describe("verifyToken", () => {
  it.each([signers.RS256, signers.ES256])("takes what the issuer signed with $alg", (signer) => {
    expect(verify(token(good, signer))).toEqual({ subject: "customer-1" });
  });

  it("takes an audience among several", () => {
    expect(verify(token({ ...good, aud: ["other", audience] }))).toEqual({ subject: "customer-1" });
  });

  const claims: [string, object, TokenProblem | "none"][] = [
    ["expired just now, within the clocks' leeway", { exp: seconds - 29 }, "none"],
    ["expired", { exp: seconds - 30 }, "expired"],
    ["without an end", { exp: undefined }, "claims"],
    ["with an end that is text", { exp: String(seconds + 300) }, "claims"],
    ["not valid yet", { nbf: seconds + 31 }, "not-yet-valid"],
    ["valid in a moment, within the leeway", { nbf: seconds + 30 }, "none"],
    ["of another issuer", { iss: "https://login.example.com" }, "issuer"],
    ["for another audience", { aud: "https://orders.example.com.evil.example" }, "audience"],
    ["for no audience", { aud: undefined }, "claims"],
    ["for an empty list of audiences", { aud: [] }, "audience"],
    ["without a subject", { sub: undefined }, "claims"],
    ["with an empty subject", { sub: "" }, "claims"],
    ["with a subject that breaks lines", { sub: "a\nlevel=ERROR" }, "claims"],
    ["with a subject that is an object", { sub: { $ne: "" } }, "claims"],
  ];
  it.each(claims)("judges a token %s", (_, change, problem) => {
    expect(problemOf(() => verify(token({ ...good, ...change })))).toBe(problem);
  });

  const { RS256, ES256 } = signers;
  const [header, payload, signature] = token(good).split(".") as [string, string, string];
  const hs256 = `${part({ alg: "HS256", kid: "rsa-1", typ: "JWT" })}.${part(good)}`;
  const publicPem = keysOfOthers.rsaPublic.export({ type: "spki", format: "pem" });
  const forgeries: [string, string, TokenProblem][] = [
    ["alg none", `${part({ alg: "none", kid: "ec-1" })}.${part(good)}.`, "malformed"],
    ["alg none with a signature", `${part({ alg: "none", kid: "ec-1" })}.${part(good)}.AA`, "algorithm"],
    ["alg None", `${part({ alg: "None", kid: "ec-1" })}.${part(good)}.AA`, "algorithm"],
    [
      "the public key taken for an HMAC secret",
      `${hs256}.${createHmac("sha256", publicPem).update(hs256).digest("base64url")}`,
      "algorithm",
    ],
    ["an RSA key that says ES256", token(good, { ...RS256, alg: "ES256" }), "algorithm"],
    ["an EC key that says RS256", token(good, { ...ES256, alg: "RS256" }), "algorithm"],
    ["a key that is not the issuer's", token(good, { ...RS256, key: keysOfOthers.stranger }), "signature"],
    ["an unknown key", token(good, { ...ES256, kid: "ec-2" }), "unknown-key"],
    ["a key named like what every object has", token(good, { ...ES256, kid: "__proto__" }), "unknown-key"],
    ["no key id", token(good, ES256, { kid: undefined }), "algorithm"],
    ["a short RSA key", token(good, { alg: "RS256", kid: "small", key: keysOfOthers.small }), "algorithm"],
    ["another curve", token(good, { alg: "ES256", kid: "p384", key: keysOfOthers.p384 }), "algorithm"],
    ["a key for encryption", token(good, { ...RS256, kid: "for-encryption" }), "unknown-key"],
    ["a symmetric key", token(good, { ...RS256, kid: "secret" }), "unknown-key"],
    ["a broken key", token(good, { ...RS256, kid: "broken" }), "algorithm"],
    ["a key of its own", token(good, { ...ES256, kid: "x" }, { jwk: {}, jku: "https://a" }), "unknown-key"],
    ["an extension that must be understood", token(good, ES256, { crit: ["b64"], b64: false }), "algorithm"],
    ["another type", token(good, ES256, { typ: "logout+jwt" }), "algorithm"],
    ["other claims", `${header}.${part({ ...good, sub: "customer-2" })}.${signature}`, "signature"],
    ["another header", `${part({ alg: "ES256", kid: "ec-1", x: 1 })}.${payload}.${signature}`, "signature"],
    ["no signature", `${header}.${payload}.`, "malformed"],
    ["a short signature", `${header}.${payload}.AAAA`, "signature"],
    ["a signature of zeros", `${header}.${payload}.${Buffer.alloc(64).toString("base64url")}`, "signature"],
    ["two parts", `${header}.${payload}`, "malformed"],
    ["four parts", `${header}.${payload}.${signature}.AA`, "malformed"],
    ["padding", `${header}=.${payload}.${signature}`, "malformed"],
    ["a header that is not JSON", `${part("{")}.${payload}.${signature}`, "malformed"],
  ];
  it.each(forgeries)("refuses %s", (_, forged, problem) => {
    expect(problemOf(() => verify(forged))).toBe(problem);
  });

  it("refuses whatever text, with a TokenError that does not quote it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(problemOf(() => verify(text))).not.toBe("none");
      }),
    );
  });

  it("refuses a good token with any one of its characters changed", () => {
    const whole = token(good, RS256);
    fc.assert(
      // The last character of a part may hold bits that stand for nothing.
      fc.property(fc.nat(whole.length - 1), fc.constantFrom("A", "b", "7", "_"), (index, letter) => {
        const next = whole[index + 1];
        fc.pre(whole[index] !== letter && whole[index] !== "." && next !== "." && next !== undefined);
        const changed = whole.slice(0, index) + letter + whole.slice(index + 1);
        expect(problemOf(() => verify(changed))).not.toBe("none");
      }),
      { numRuns: 300 },
    );
  });
});

describe("bearerToken", () => {
  const headers: [string | undefined, TokenProblem | "none"][] = [
    ["Bearer a.b.c", "none"],
    ["bearer a.b.c", "none"],
    [undefined, "missing"],
    ["", "malformed"],
    ["Bearer", "malformed"],
    ["Bearer a.b.c d", "malformed"],
    ["Basic YTpi", "malformed"],
    ["Bearer a\nb", "malformed"],
    [`Bearer ${"a".repeat(4097)}`, "malformed"],
  ];
  it.each(headers)("judges the header %j", (header, problem) => {
    expect(problemOf(() => bearerToken(header))).toBe(problem);
  });
});

describe("parseKeySet", () => {
  it.each(["", "{}", "[]", '{"keys":[{}]}'])("refuses %j, so that nobody is let in by mistake", (json) => {
    expect(() => parseKeySet(json)).toThrow();
  });
});
