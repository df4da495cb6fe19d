import { evaluate } from "./evaluate";
import { type Scope } from "./traverse";
import { Unknown, type Value } from "./value";

const values: Readonly<Record<string, Value>> = {
  id: "vpc-1",
  list: ["a", "b"],
  pairs: [
    { zone: "a", id: "1" },
    { zone: "b", id: "2" },
  ],
  hidden: new Unknown("known to AWS alone"),
};

const scope: Scope = {
  variables: {},
  resolve: (root, accessors) => ({
    value: values[root] ?? new Unknown(`no ${root}`),
    rest: accessors,
  }),
};

describe("evaluate", () => {
  it.each<[string, unknown, Value]>([
    ["plain text", "vpc-1", "vpc-1"],
    ["an interpolation", "${id}", "vpc-1"],
    ["text around an interpolation", "a-${id}-z", "a-vpc-1-z"],
    ["an escaped interpolation", "$${id}", "${id}"],
    ["an index", "${list[1]}", "b"],
    ["a splat", "${pairs[*].id}", ["1", "2"]],
    ["split and join", '${split(",", join(",", list))}', ["a", "b"]],
    ["a text inside an expression", '${join("-", ["x", "${id}"])}', "x-vpc-1"],
    ["concat and element", "${element(concat(list, [id]), 2)}", "vpc-1"],
    ["a loop with a condition", '${one([for p in pairs : p.id if p.zone == "b"])}', "2"],
    ["a loop that makes an object", '${{for p in pairs : p.zone => p.id}["a"]}', "1"],
    ["a condition", '${id == "vpc-1" && !false ? list[0] : list[1]}', "a"],
    ["an index into what is one block", "${pairs[0][0].id}", "1"],
    ["a part of an IPv4 block", '${cidrsubnet("10.0.0.0/16", 4, 2)}', "10.0.32.0/20"],
    ["a part of an IPv6 block", '${cidrsubnet("2001:db8::/56", 8, 1)}', "2001:db8:0:1::/64"],
    ["lists and objects", { a: ["${id}", 1, true] }, { a: ["vpc-1", 1, true] }],
  ])("reads %s", (_, raw, expected) => {
    expect(evaluate(raw, scope)).toEqual(expected);
  });

  it.each([
    ["an unknown name", "${nothing.id}", /no nothing/],
    ["an unknown function", "${templatefile(id)}", /templatefile\(\) is not known/],
    ["broken syntax", "${id", /can't be read/],
    ["arithmetic", "${1 + 2}", /can't be read/],
    ["a directive", "%{if true}a%{endif}", /can't be read/],
    ["a condition on what is hidden", "${hidden == id ? id : list}", /known to AWS alone/],
    ["a loop over what is hidden", "${[for x in hidden : x]}", /known to AWS alone/],
    ["an index past the end", "${list[7]}", /index 7 of a list of 2/],
  ])("says why it does not know %s", (_, raw, reason) => {
    const value = evaluate(raw, scope);
    expect(value).toBeInstanceOf(Unknown);
    expect(value).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});
