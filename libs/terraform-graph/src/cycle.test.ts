import { cycleIn } from "./cycle";
import { type TerraformJson } from "./terraform-json";

describe("cycleIn", () => {
  it.each<[string, TerraformJson, readonly string[] | undefined]>([
    [
      "two resources",
      { resource: { aws_a: { x: { a: "${aws_b.y.id}" } }, aws_b: { y: { b: ["${aws_a.x.id}"] } } } },
      ["aws_a.x", "aws_b.y", "aws_a.x"],
    ],
    ["locals", { locals: { a: "${local.b}", b: "${local.a}" } }, ["local.a", "local.b", "local.a"]],
    [
      "a resource, a local and a data source",
      {
        locals: { l: "${data.aws_d.d.id}" },
        resource: { aws_a: { x: { a: "${upper(local.l)}" } } },
        data: { aws_d: { d: { depends_on: ["aws_a.x"] } } },
      },
      ["aws_a.x", "local.l", "data.aws_d.d", "aws_a.x"],
    ],
    ["itself", { resource: { aws_a: { x: { a: "${aws_a.x.id}" } } } }, ["aws_a.x", "aws_a.x"]],
    ["none", { resource: { aws_a: { x: { a: "${aws_b.y.id}" } }, aws_b: { y: {} } } }, undefined],
  ])("finds the cycle of %s", (_, json, cycle) => {
    expect(cycleIn(json)).toEqual(cycle);
  });

  it("ends on a chain as long as a configuration", () => {
    const x = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`r${index}`, { a: `\${aws_a.r${index + 1}.id}` }]),
    );
    expect(cycleIn({ resource: { aws_a: x } })).toBeUndefined();
  });
});
