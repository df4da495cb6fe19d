import { changedAttributes } from "./changed-attributes";

const paths = (before: unknown, after: unknown, rest = {}) =>
  changedAttributes({ actions: ["update"], before, after, ...rest });

describe("changedAttributes", () => {
  it.each([
    ["a scalar", { a: 1 }, { a: 2 }, [{ path: "a", before: "1", after: "2" }]],
    [
      "a tag",
      { tags: { "cost center": "x" } },
      { tags: { "cost center": "y" } },
      [{ path: 'tags["cost center"]', before: '"x"', after: '"y"' }],
    ],
    [
      "one of a list",
      { a: [{ b: 1 }, { b: 2 }] },
      { a: [{ b: 1 }, { b: 3 }] },
      [{ path: "a[1].b", before: "2", after: "3" }],
    ],
    [
      "a list that grows",
      { a: ["x"] },
      { a: ["x", "y"] },
      [{ path: "a", before: "(1 items)", after: "(2 items)" }],
    ],
    ["what was not there", { a: null }, { a: { b: 1 } }, [{ path: "a", before: "null" }]],
    ["a long text", { a: "x" }, { a: "y".repeat(100) }, [{ path: "a", before: '"x"' }]],
    [
      "nothing where a provider writes one nothing for another",
      { a: null, b: [], c: "" },
      { a: {}, b: null, d: "" },
      [],
    ],
    ["nothing", { a: { b: [1] }, c: null }, { a: { b: [1] } }, []],
  ])("names %s", (_what, before, after, expected) => {
    expect(paths(before, after)).toEqual(expected.map((change) => ({ sensitive: false, ...change })));
  });

  it("says what only the apply will know", () => {
    expect(paths({ arn: "x" }, {}, { after_unknown: { arn: true } })).toEqual([
      { path: "arn", before: '"x"', after: "(known after apply)", sensitive: false },
    ]);
  });

  it.each([
    ["before", { before_sensitive: { a: true } }],
    ["after", { after_sensitive: { a: true } }],
  ])("shows neither value of what is sensitive %s, nor what is below it", (_when, marks) => {
    expect(paths({ a: { key: "one" } }, { a: { key: "two" } }, marks)).toEqual([
      { path: "a", sensitive: true },
    ]);
  });

  it.each(["password", "master_password", "client_secret", "auth_token", "private_key"])(
    "keeps back %s, which nobody has marked",
    (name) => {
      expect(paths({ [name]: "one" }, { [name]: "two" })).toEqual([{ path: name, sensitive: true }]);
    },
  );

  it("shows what only points to a secret", () => {
    expect(paths({ secret_arn: "one" }, { secret_arn: "two" })).toMatchObject([
      { before: '"one"', after: '"two"' },
    ]);
  });
});
