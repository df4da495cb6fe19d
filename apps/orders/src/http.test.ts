import fc from "fast-check";
import { maxBodyBytes, single, toRequest, toResult } from "./http";
import { maxDepth, parseJson } from "./json";
import { Refusal } from "./refusal";
import { albEvent } from "./testing/samples";

const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return "none";
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
};

describe("toRequest", () => {
  it("gives back any body that the load balancer may send, as text or in Base64", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: "grapheme" }), (bytes, text) => {
        const coded = albEvent({ body: Buffer.from(bytes).toString("base64"), isBase64Encoded: true });
        expect(Buffer.from(toRequest(coded).body)).toEqual(Buffer.from(bytes));
        expect(Buffer.from(toRequest(albEvent({ body: text })).body).toString()).toBe(text);
      }),
    );
  });

  const big = maxBodyBytes + 1;
  it.each([
    ["text", { body: "a".repeat(big) }, "too-large"],
    ["text just within", { body: "a".repeat(maxBodyBytes) }, "none"],
    ["text of few characters and many bytes", { body: "😀".repeat(big / 4 + 1) }, "too-large"],
    ["Base64", { body: Buffer.alloc(big).toString("base64"), isBase64Encoded: true }, "too-large"],
    [
      "Base64 just within",
      { body: Buffer.alloc(maxBodyBytes).toString("base64"), isBase64Encoded: true },
      "none",
    ],
  ])("measures %s", (_, sample, reason) => {
    expect(reasonOf(() => toRequest(albEvent(sample)))).toBe(reason);
  });

  it("refuses what is no request of a load balancer", () => {
    expect(reasonOf(() => toRequest({ Records: [] } as never))).toBe("malformed-request");
  });

  it("sees a header in any case, and refuses to choose between two", () => {
    const one = toRequest(albEvent({ headers: { AuthorizatioN: "x" } }));
    expect(single(one, "authorization")).toBe("x");
    expect(single(one, "idempotency-key")).toBeUndefined();
    const two = toRequest(albEvent({ multiValueHeaders: { authorization: ["x", "y"] } }));
    expect(reasonOf(() => single(two, "authorization"))).toBe("malformed-request");
    const alike = toRequest(albEvent({ headers: { Authorization: "x", authorization: "y" } }));
    expect(reasonOf(() => single(alike, "authorization"))).toBe("malformed-request");
  });
});

describe("toResult", () => {
  it.each([
    ["headers", albEvent()],
    ["multiValueHeaders", albEvent({ multiValueHeaders: { host: ["x"] } })],
  ] as const)("answers with %s where the request has them", (form, event) => {
    const result = toResult({ status: 201, headers: { location: "/x" }, body: { a: 1 } }, event);
    expect(result).toMatchObject({ statusCode: 201, body: '{"a":1}', isBase64Encoded: false });
    const value = (text: string) => (form === "headers" ? text : [text]);
    expect(result[form]).toMatchObject({
      location: value("/x"),
      "content-type": value("application/json"),
      "cache-control": value("no-store"),
      "x-content-type-options": value("nosniff"),
    });
    expect("headers" in result && "multiValueHeaders" in result).toBe(false);
  });
});

describe("parseJson", () => {
  it("reads any JSON that is not too deep", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: maxDepth - 1 }), (json) => {
        expect(parseJson(Buffer.from(json))).toEqual(JSON.parse(json));
      }),
    );
  });

  it("refuses whatever else, and throws nothing but refusals", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(["none", "malformed-json", "too-deep"]).toContain(reasonOf(() => parseJson(bytes)));
      }),
    );
  });

  it.each([
    ["lists within lists", "[".repeat(4000), "too-deep"],
    ["objects within objects", '{"a":'.repeat(1000), "too-deep"],
    ["the deepest allowed", `${"[".repeat(maxDepth)}${"]".repeat(maxDepth)}`, "none"],
    ["one level more", `${"[".repeat(maxDepth + 1)}${"]".repeat(maxDepth + 1)}`, "too-deep"],
    ["brackets in text", JSON.stringify({ a: "[".repeat(100), 'b"[{': '\\"[[[[[[[[[[' }), "none"],
    ["text without an end", `"${"[".repeat(100)}`, "malformed-json"],
    ["nothing", "", "malformed-json"],
    ["a byte order mark of UTF-16", "\u0000{", "malformed-json"],
  ])("judges %s", (_, json, reason) => {
    expect(reasonOf(() => parseJson(Buffer.from(json)))).toBe(reason);
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(reasonOf(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22)))).toBe("malformed-json");
  });
});
