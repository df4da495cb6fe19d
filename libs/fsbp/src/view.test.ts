import { Reference, type Resource, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { eachBlock, mustBeAtLeast, mustBeFalse, mustBeOneOf, mustBeSet, mustBeTrue, render } from "./expect";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "./verdict";
import { viewOf } from "./view";

const RESOURCE: Resource = {
  stack: "s",
  type: "aws_kms_key",
  name: "k",
  address: "aws_kms_key.k",
  label: "s/aws_kms_key.k",
  account: undefined,
  region: undefined,
  config: {},
  variables: {},
  uncertain: false,
  metadata: {},
};
const reference = new Reference(RESOURCE, "arn");
const template = new Template([reference, "/*"]);
const hidden = new Unknown("var.x is given at the apply");

const view = (attributes: Readonly<Record<string, Value>>) => viewOf((name) => attributes[name] ?? null);

describe("viewOf", () => {
  it("takes a block that stands as an object, and one in a list, alike", () => {
    for (const block of [{ on: true }, [{ on: true }]]) {
      const subject = view({ block });
      expect(subject.value("block.on")).toBe(true);
      expect(subject.blocks("block")).toMatchObject([{ path: "block" }]);
    }
  });

  it("gives null for what is left out, on the way too", () => {
    expect(["a", "a.b.c", "block.x.y"].map((path) => view({ block: [{}] }).value(path))).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("numbers blocks where there are several, at every depth", () => {
    const blocks = view({ rule: [{}, { to: [{ x: 1 }, { x: 2 }] }] }).blocks("rule");
    const inner = blocks instanceof Unknown ? blocks : blocks[1]?.blocks("to");
    expect(inner).toMatchObject([{ path: "rule[1].to[0]" }, { path: "rule[1].to[1]" }]);
  });

  it.each<[string, Value]>([
    ["what is not known", hidden],
    ["a list with what is not known", [{}, hidden]],
    ["what only AWS knows", reference],
    ["a list with what only AWS knows", [reference]],
    ["a text with what only AWS knows", template],
  ])("does not take %s for no blocks", (_, block) => {
    expect(view({ block }).blocks("block")).toBeInstanceOf(Unknown);
  });

  it("does not know what is in what is not known", () => {
    for (const block of [hidden, reference, template, [hidden]]) {
      expect(view({ block }).value("block.on")).toBeInstanceOf(Unknown);
    }
  });
});

describe("expectations", () => {
  it.each<[string, Verdict, Verdict["status"]]>([
    ["true for true", mustBeTrue(view({ a: true }), "a"), "compliant"],
    ["the text of it", mustBeTrue(view({ a: "true" }), "a"), "compliant"],
    ["not false", mustBeTrue(view({ a: false }), "a"), "non-compliant"],
    ["not what is left out", mustBeTrue(view({}), "a"), "non-compliant"],
    ["what is left out where the provider fills it in", mustBeTrue(view({}), "a", true), "compliant"],
    ["nothing that is hidden", mustBeTrue(view({ a: hidden }), "a"), "unknown"],
    ["nothing that only AWS knows", mustBeTrue(view({ a: reference }), "a"), "unknown"],
    ["false for false", mustBeFalse(view({}), "a"), "compliant"],
    ["not true for false", mustBeFalse(view({ a: "true" }), "a"), "non-compliant"],
    ["one of some", mustBeOneOf(view({ a: "x" }), "a", ["x", "y"]), "compliant"],
    ["a number as a text", mustBeOneOf(view({ a: "7" }), "a", [7]), "compliant"],
    ["not another", mustBeOneOf(view({ a: "z" }), "a", ["x", "y"]), "non-compliant"],
    ["not a part of a text", mustBeOneOf(view({ a: template }), "a", ["x"]), "unknown"],
    ["at least so much", mustBeAtLeast(view({ a: "90" }), "a", 90), "compliant"],
    ["not less", mustBeAtLeast(view({ a: 89 }), "a", 90), "non-compliant"],
    ["not nothing", mustBeAtLeast(view({ a: "" }), "a", 0), "non-compliant"],
    ["no text for a number", mustBeAtLeast(view({ a: "much" }), "a", 1), "non-compliant"],
    ["what refers to something", mustBeSet(view({ a: reference }), "a", "a key"), "compliant"],
    ["not an empty text", mustBeSet(view({ a: "" }), "a", "a key"), "non-compliant"],
    ["not an empty list", mustBeSet(view({ a: [] }), "a", "a key"), "non-compliant"],
  ])("take %s", (_, verdict, status) => {
    expect(verdict.status).toBe(status);
  });

  it("name the path in its block, what is there and what is wanted", () => {
    const blocks = view({ rule: [{}, { on: false }] }).blocks("rule");
    if (blocks instanceof Unknown || !blocks[1]) throw new Error("no blocks");
    expect(mustBeTrue(blocks[1], "on")).toEqual(nonCompliant("rule[1].on", "false", "true"));
  });

  it("judge each block, and say what none of them comes to", () => {
    const judge = (attributes: Readonly<Record<string, Value>>) =>
      eachBlock(view(attributes), "rule", (rule) => mustBeTrue(rule, "on"), NOT_APPLICABLE).status;
    expect(judge({ rule: [{ on: true }, { on: true }] })).toBe("compliant");
    expect(judge({ rule: [{ on: true }, { on: hidden }, { on: false }] })).toBe("non-compliant");
    expect(judge({ rule: [{ on: true }, { on: hidden }] })).toBe("unknown");
    expect(judge({ rule: hidden })).toBe("unknown");
    expect(judge({})).toBe("not-applicable");
  });

  it("show values as a person reads them", () => {
    expect([null, "x", 7, ["a"], reference, template, hidden].map(render)).toEqual([
      "nothing",
      '"x"',
      "7",
      '["a"]',
      "${aws_kms_key.k.arn}",
      "${aws_kms_key.k.arn}/*",
      "a value that is not known yet",
    ]);
  });
});

describe("verdicts together", () => {
  const bad = nonCompliant("", "", "");
  const open = unknown("", "");

  it.each<[readonly Verdict[], Verdict["status"], Verdict["status"]]>([
    [[COMPLIANT, open, bad], "non-compliant", "compliant"],
    [[open, bad], "non-compliant", "unknown"],
    [[COMPLIANT, NOT_APPLICABLE], "compliant", "compliant"],
    [[NOT_APPLICABLE], "not-applicable", "not-applicable"],
    [[], "not-applicable", "not-applicable"],
  ])("%j", (verdicts, whole, part) => {
    expect([all(...verdicts).status, any(...verdicts).status]).toEqual([whole, part]);
  });
});
