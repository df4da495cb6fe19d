import { evaluate } from "./evaluate";
import { type Scope } from "./traverse";
import { isSet, Missing, Reference, Template, Unknown, type Value } from "./value";

const BUCKET = {
  stack: "s",
  type: "aws_s3_bucket",
  name: "b",
  address: "aws_s3_bucket.b",
  label: "s/aws_s3_bucket.b",
  account: undefined,
  region: undefined,
  config: {},
  variables: {},
  uncertain: false,
  metadata: {},
};
const arn = new Reference(BUCKET, "arn");

const values: Readonly<Record<string, Value>> = {
  id: "vpc-1",
  seven: 7,
  list: ["a", "b"],
  pairs: [
    { zone: "a", id: "1" },
    { zone: "b", id: "2" },
  ],
  map: { b: 2, a: 1 },
  nothing: null,
  arn,
  hidden: new Unknown("known to AWS alone"),
};

const scope: Scope = {
  variables: {},
  resolve: (root, accessors) => {
    const value = values[root];
    return { value: value === undefined ? new Unknown(`no ${root}`) : value, rest: accessors };
  },
};

describe("evaluate", () => {
  it.each<[string, unknown, Value]>([
    ["plain text", "vpc-1", "vpc-1"],
    ["an interpolation", "${id}", "vpc-1"],
    ["text around an interpolation", "a-${id}-z", "a-vpc-1-z"],
    ["an escaped interpolation", "$${id}", "${id}"],
    ["a dollar before an escaped interpolation", "$$${id}", "$${id}"],
    ["an escaped directive", "%%{if}", "%{if}"],
    ["a text that only looks like one", "100% of $5 {}", "100% of $5 {}"],
    ["escapes inside a text", '${"a\\n\\"\\u00e9\\""}', 'a\n"é"'],
    ["an index", "${list[1]}", "b"],
    ["a legacy index", "${list.1}", "b"],
    ["a splat", "${pairs[*].id}", ["1", "2"]],
    ["a splat of one block", "${pairs[0][*].id}", ["1"]],
    ["a splat of nothing", "${nothing[*].id}", []],
    ["an index after an attribute's splat", "${pairs.*.id[1]}", "2"],
    ["an index into what is one block", "${pairs[0][0].id}", "1"],
    ["a text inside an expression", '${join("-", ["x", "${id}"])}', "x-vpc-1"],
    ["a loop with a condition", '${one([for p in pairs : p.id if p.zone == "b"])}', "2"],
    ["a loop with its index", "${[for i, x in list : i]}", [0, 1]],
    ["a loop over a set, which is its own keys", "${[for k, x in toset(list) : k]}", ["a", "b"]],
    ["a loop that makes an object", '${{for p in pairs : p.zone => p.id}["a"]}', "1"],
    ["a loop that groups", '${{for x in list : "all" => x...}}', { all: ["a", "b"] }],
    ["an object", '${{ a = 1, "b" : 2, (id) = 3 }}', { a: 1, b: 2, "vpc-1": 3 }],
    ["a condition", '${id == "vpc-1" && !false ? list[0] : list[1]}', "a"],
    ["a condition by a text", '${"true" ? 1 : 2}', 1],
    ["only the branch that is taken", "${true ? id : hidden}", "vpc-1"],
    ["precedence", "${1 + 2 * 3 - 4 / 2}", 5],
    ["the order of differences", "${10 - 3 - 2}", 5],
    ["a negative number", "${-1 * -seven % 4}", 3],
    ["comparisons", "${seven > 6 && seven <= 7 && !(seven < 7)}", true],
    ["a comparison with nothing", "${nothing == null}", true],
    ["arguments that are a list", "${concat([list, list]...)}", ["a", "b", "a", "b"]],
    ["lists and objects", { a: ["${id}", 1, true] }, { a: ["vpc-1", 1, true] }],
    [
      "dynamic blocks in a nested block, after those that are written",
      {
        statement: {
          condition: { test: "Null" },
          dynamic: { condition: { for_each: "${list}", content: { test: "${condition.value}" } } },
        },
      },
      { statement: { condition: [{ test: "Null" }, { test: "a" }, { test: "b" }] } },
    ],
    [
      "dynamic blocks with their own iterator, each level written as a list",
      {
        dynamic: [
          { rule: [{ for_each: { x: 1 }, iterator: "it", content: [{ at: "${it.key}${it.value}" }] }] },
        ],
      },
      { rule: [{ at: "x1" }] },
    ],
    ["a key that is only called dynamic", { dynamic: { a: "x" } }, { dynamic: { a: "x" } }],
  ])("evaluates %s", (_, raw, expected) => {
    expect(evaluate(raw, scope)).toEqual(expected);
  });

  it.each<[string, unknown, RegExp]>([
    ["a name", "${nowhere.x}", /no nowhere/],
    ["a condition on what is hidden", "${hidden == id ? id : list}", /known to AWS alone/],
    ["a loop over what is hidden", "${[for x in hidden : x]}", /known to AWS alone/],
    ["a sum of what is hidden", "${1 + hidden}", /known to AWS alone/],
    ["a comparison of what only AWS knows", '${arn == "x"}', /only AWS knows/],
    ["an index past the end", "${list[7]}", /index 7 of a list of 2/],
    ["a key that is not there", "${map.z}", /no key 'z'/],
    ["a division by zero", "${1 / 0}", /division by zero/],
    ["a function that it has not", "${timestamp()}", /function timestamp\(\) is not known/],
    ["a provider's function", "${provider::aws::arn_parse(id)}", /can't be read/],
    ["a directive", "%{ if true }x%{ endif }", /template directive/],
    ["what has no end", "${id", /can't be read/],
    ["what ends in an operator", "${id == }", /can't be read/],
    ["an expression nested without end", `\${${"(".repeat(50_000)}`, /nested too deeply/],
    ["negations without end", `\${${"!".repeat(50_000)}true}`, /nested too deeply/],
    ["an object with a hidden key", "${{ (hidden) = 1 }}", /known to AWS alone/],
    ["JSON nested without end", JSON.parse("[".repeat(5000) + "]".repeat(5000)), /levels deep/],
  ])("says why it does not know %s", (_, raw, reason) => {
    let value = evaluate(raw, scope);
    while (Array.isArray(value)) value = value[0] as Value;
    expect(value).toBeInstanceOf(Unknown);
    expect(value).toMatchObject({ reason: expect.stringMatching(reason) });
  });

  it("keeps what only AWS knows as a part of a text", () => {
    expect(evaluate("${arn}/*", scope)).toEqual(new Template([arn, "/*"]));
    expect(evaluate("${hidden}/*", scope)).toEqual(new Template([values.hidden as Unknown, "/*"]));
  });

  it("keeps whose part it is, of a part of what only AWS knows", () => {
    expect(evaluate("${arn.rule[0].id}", scope)).toEqual(new Reference(BUCKET, "arn.rule[0].id"));
    expect(evaluate("${arn[*].id}", scope)).toEqual(new Reference(BUCKET, "arn[*].id"));
  });

  it("does not know dynamic blocks over what is hidden, and nothing of the blocks beside them", () => {
    const raw = { rule: [{}], dynamic: { rule: { for_each: "${hidden}", content: {} } } };
    expect(evaluate(raw, scope)).toEqual({
      rule: expect.objectContaining({ reason: expect.stringMatching(/blocks 'rule' are not known/) }),
    });
  });
});

describe("functions", () => {
  it.each<[string, Value]>([
    ['split(",", join(",", list))', ["a", "b"]],
    ["element(concat(list, [id]), 2)", "vpc-1"],
    ["element(list, -1)", "b"],
    ['cidrsubnet("10.0.0.0/16", 4, 2)', "10.0.32.0/20"],
    ['cidrsubnet("2001:db8::/56", 8, 1)', "2001:db8:0:1::/64"],
    ['cidrhost("10.0.0.0/24", 5)', "10.0.0.5"],
    ['cidrhost("10.0.0.0/24", -1)', "10.0.0.255"],
    ["length(list)", 2],
    ["length(map)", 2],
    ['length("né")', 2],
    ["keys(map)", ["a", "b"]],
    ["values(map)", [1, 2]],
    ["merge(map, { c = 3 }, null, { a = 9 })", { a: 9, b: 2, c: 3 }],
    ["zipmap(list, [1, 2])", { a: 1, b: 2 }],
    ['lookup(map, "a", 0)', 1],
    ['lookup(map, "z", 0)', 0],
    ['coalesce(null, "", id)', "vpc-1"],
    ["coalescelist([], list)", ["a", "b"]],
    ["flatten([[1, [2]], 3])", [1, 2, 3]],
    ['compact(["a", "", null])', ["a"]],
    ['distinct(["b", "a", "b"])', ["b", "a"]],
    ['sort(["b", "a"])', ["a", "b"]],
    ["reverse(list)", ["b", "a"]],
    ['contains(list, "b")', true],
    ['contains(list, "z")', false],
    ["one([])", null],
    ["slice([1, 2, 3], 1, 3)", [2, 3]],
    ["range(3)", [0, 1, 2]],
    ["range(3, 0, -1)", [3, 2, 1]],
    ["alltrue([true, false])", false],
    ["anytrue([false, true])", true],
    ['setunion(["b"], ["a"], ["b"])', ["a", "b"]],
    ['setsubtract(["a", "b"], ["b"])', ["a"]],
    ['setintersection(["a", "b"], ["b", "c"])', ["b"]],
    ['lower("AB")', "ab"],
    ['upper("ab")', "AB"],
    ['title("a bc")', "A Bc"],
    ['replace("a.b.c", ".", "-")', "a-b-c"],
    ['replace("a$&b", "a", "$&")', "$&$&b"],
    ['replace("a1b22", "/[0-9]+/", "#")', "a#b#"],
    ['replace("ab", "/(a)(b)/", "${"$"}{2}$1")', "ba"],
    ['format("%s-%03d-%v%%", id, seven, true)', "vpc-1-007-true%"],
    ['trimprefix("abc", "a")', "bc"],
    ['trimsuffix("abc", "c")', "ab"],
    ['trim("--a--", "-")', "a"],
    ['trimspace(" a ")', "a"],
    ['substr("abcdef", 2, 3)', "cde"],
    ['substr("abcdef", -2, -1)', "ef"],
    ['startswith("abc", "ab")', true],
    ['endswith("abc", "ab")', false],
    ['strcontains("abc", "b")', true],
    ["tostring(7)", "7"],
    ['tonumber("7")', 7],
    ['tobool("true")', true],
    ["max(1, 7, 3)", 7],
    ["min(1, 7, 3)", 1],
    ["floor(1.5)", 1],
    ["ceil(1.5)", 2],
    ["abs(-1)", 1],
    ['jsonencode({ a = [1, "x\\"y", null] })', '{"a":[1,"x\\"y",null]}'],
    ["jsonencode([])", "[]"],
    ['jsondecode("{\\"a\\":[1]}").a', [1]],
    ['base64decode(base64encode("a"))', "a"],
    ['sha1("a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"],
    ["try(map.z, list[9], id)", "vpc-1"],
    ["can(map.z)", false],
    ["can(map.a)", true],
    ["sensitive(id)", "vpc-1"],
  ])("%s", (expression, expected) => {
    expect(evaluate(`\${${expression}}`, scope)).toEqual(expected);
  });

  it.each([
    "lower(arn)",
    "lower(hidden)",
    "merge(map, hidden)",
    "coalesce(null, hidden, id)",
    "try(hidden, id)",
    "can(hidden)",
    'contains([hidden], "a")',
    "alltrue([hidden, true])",
    "length(arn)",
    "sort(hidden)",
    "keys(hidden)",
    'lookup(hidden, "a", 1)',
    'cidrsubnet("10.0.0.0/16", 20, 0)',
    'cidrsubnet("nonsense", 4, 2)',
    "range(100000)",
    'replace("a", "/(/", "b")',
    'setunion(["a"], hidden)',
    'jsondecode("{")',
    'format("%x", 1)',
    'format("%s")',
    "one(list)",
    "max()",
  ])("does not know %s", (expression) => {
    expect(evaluate(`\${${expression}}`, scope)).toBeInstanceOf(Unknown);
  });

  it("finds what it can though other elements are hidden", () => {
    expect(evaluate('${contains([hidden, "a"], "a")}', scope)).toBe(true);
    expect(evaluate("${alltrue([hidden, false])}", scope)).toBe(false);
    expect(evaluate("${anytrue([hidden, true])}", scope)).toBe(true);
  });

  it("takes only what is not there for an error", () => {
    expect(evaluate("${map.z}", scope)).toBeInstanceOf(Missing);
    expect(evaluate("${hidden}", scope)).not.toBeInstanceOf(Missing);
  });

  it("formats, joins and encodes what only AWS knows as a part of the text", () => {
    expect(evaluate('${format("%s/*", arn)}', scope)).toEqual(new Template([arn, "/*"]));
    expect(evaluate('${jsonencode({ a = "${arn}\\"" })}', scope)).toEqual(
      new Template(['{"a":"', arn, '\\""}']),
    );
    expect(evaluate('${jsondecode(jsonencode({ a = "${arn}\\"" })).a}', scope)).toEqual(
      new Template([arn, '"']),
    );
  });

  it("makes sets of distinct texts in order", () => {
    const set = evaluate('${toset(["b", "a", "b"])}', scope);
    expect(set).toEqual(["a", "b"]);
    expect(isSet(set)).toBe(true);
  });
});
