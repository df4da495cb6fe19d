import { zipSync } from "fflate";
import { assertSameCode } from "./same-code";

const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
const CODE = { "index.js": "code", "index.js.map": "map" };
const SIGNATURE = { "META-INF/aws_signer_signature_v1.0.SF": "signature" };
const bundle = zip(CODE);

describe("assertSameCode", () => {
  it("takes the bundle with a signature", () => {
    expect(() => assertSameCode("f", bundle, zip({ ...CODE, ...SIGNATURE }))).not.toThrow();
  });

  it.each<[string, Uint8Array, string]>([
    ["other code", zip({ ...CODE, ...SIGNATURE, "index.js": "other" }), "got another index.js;"],
    ["more code", zip({ ...CODE, ...SIGNATURE, "extra.js": "x" }), "got another extra.js;"],
    ["less code", zip({ "index.js": "code", ...SIGNATURE }), "got another index.js.map;"],
    ["no signature", bundle, "got another META-INF/;"],
    ["what is no zip", Buffer.from("nothing"), "got another index.js;"],
  ])("refuses %s", (_, signed, message) => {
    expect(() => assertSameCode("f", bundle, signed)).toThrow(message);
  });

  it("refuses a signature that the bundle had before and that differs", () => {
    const own = zip({ ...CODE, "META-INF/own": "a" });
    expect(() => assertSameCode("f", own, zip({ ...CODE, "META-INF/own": "b" }))).toThrow("META-INF/own");
  });
});
