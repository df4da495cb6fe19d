import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";

import type { TerraformJson } from "../terraform-json";
import { fingerprintOf } from "./fingerprint";

const folder = mkdtempSync(join(tmpdir(), "landfall-fingerprint-"));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (file: string, content: string) => {
  mkdirSync(join(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), content);
};
beforeEach(() => {
  put("cdk.tf.json", "{}");
  put("assets/code/archive.zip", "1");
});

const of = (json: TerraformJson, lock?: string) => fingerprintOf({ json, folder, lock });
const vpc = (more: object) => ({ resource: { aws_vpc: { a: { cidr_block: "10.0.0.0/16", ...more } } } });

describe("fingerprintOf", () => {
  it.each<[what: string, one: TerraformJson, other: TerraformJson]>([
    [
      "the tool's own version",
      { "//": { metadata: { version: "0.21.0" } } },
      { "//": { metadata: { version: "0.24" } } },
    ],
    [
      "where a resource was made",
      vpc({ "//": { metadata: { path: "a" } } }),
      vpc({ "//": { metadata: { path: "b" } } }),
    ],
    [
      "where a value is read",
      { data: { aws_ssm_parameter: { a: { name: "n", "//": 1 } } } },
      { data: { aws_ssm_parameter: { a: { name: "n" } } } },
    ],
    ["the order of keys", { a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 }],
  ])("does not depend on %s", (_what, one, other) => {
    expect(of(one)).toBe(of(other));
  });

  it.each<[what: string, one: TerraformJson, other: TerraformJson]>([
    ["an argument", vpc({}), vpc({ tags: { Owner: "ana" } })],
    ["the order in a list", { a: [1, 2] }, { a: [2, 1] }],
    ["a key in a map that is no comment there", vpc({ tags: { "//": "a" } }), vpc({ tags: { "//": "b" } })],
    ["an object in the place of a list", { a: { 0: 1 } }, { a: [1] }],
    ["an object in the place of its entries", { a: { b: 1 } }, { a: [["b", 1]] }],
  ])("depends on %s", (_what, one, other) => {
    expect(of(one)).not.toBe(of(other));
  });

  it("depends on the bytes and the names of assets, and on the lock", () => {
    const before = of({});
    expect(of({}, "lock")).not.toBe(before);
    put("assets/code/archive.zip", "2");
    expect(of({})).not.toBe(before);
    put("assets/code/archive.zip", "1");
    expect(of({})).toBe(before);
    put("assets/other.zip", "1");
    expect(of({})).not.toBe(before);
    rmSync(join(folder, "assets/other.zip"));
  });

  it("tells any two configurations apart that are not the same", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(of({ locals: a }) === of({ locals: b })).toBe(same);
      }),
    );
  });
});

/** The same value with its keys in order, as an independent hand would write it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return {
    object: Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  };
}
