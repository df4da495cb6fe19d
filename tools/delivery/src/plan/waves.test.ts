import { type StackValues } from "./contract-values";
import { planInWaves } from "./waves";

const stack = (
  name: string,
  consumes: readonly string[] = [],
  instances = [`test-${name}`],
): StackValues => ({
  stack: name,
  instances,
  consumes: new Set(consumes),
  publishes: new Map([
    ["aws_ssm_parameter.One", `${name}/one`],
    ["aws_ssm_parameter.Two", `${name}/two`],
  ]),
});

const ZONE = [
  stack("intake", ["network/one", "keys/one"]),
  stack("keys"),
  stack("network", ["keys/one"]),
  stack("report", ["intake/one"]),
];

/** Plans in which these stacks change, and with them these values. */
const changing = (stacks: readonly string[], values: readonly string[]) => {
  const waves: string[][] = [];
  return {
    waves,
    plan: (wave: readonly StackValues[]) => {
      const names = wave.map(({ stack: name }) => name);
      waves.push(names);
      return Promise.resolve({
        planned: names.filter((name) => stacks.includes(name)),
        changes: new Set(values.filter((value) => names.some((name) => value.startsWith(`${name}/`)))),
      });
    },
  };
};

describe("planInWaves", () => {
  it("plans each stack after those whose values it consumes", async () => {
    const { waves, plan } = changing(["keys", "intake"], []);
    expect(await planInWaves(ZONE, plan)).toEqual({
      planned: ["keys", "intake"],
      unchanged: ["network", "report"],
      waiting: [],
    });
    expect(waves).toEqual([["keys"], ["network"], ["intake"], ["report"]]);
  });

  it("leaves out whoever consumes a value that the plans change, and whoever consumes theirs", async () => {
    const { waves, plan } = changing(["keys"], ["keys/one"]);
    expect(await planInWaves(ZONE, plan)).toEqual({
      planned: ["keys"],
      unchanged: [],
      waiting: [
        { stack: "network", for: ["keys"] },
        { stack: "intake", for: ["keys", "network"] },
        { stack: "report", for: ["intake"] },
      ],
    });
    expect(waves).toEqual([["keys"]]);
  });

  it("plans a consumer all the same when another value changes than those that it consumes", async () => {
    const { plan } = changing(["keys"], ["keys/two"]);
    expect((await planInWaves(ZONE, plan)).waiting).toEqual([]);
  });

  it("takes a value that no stack of the zone publishes as given, and leaves out a stack that the zone has no use for", async () => {
    const { waves, plan } = changing([], []);
    await planInWaves([stack("keys", ["elsewhere/one"]), stack("dns", [], [])], plan);
    expect(waves).toEqual([["keys"]]);
  });

  it("names the stacks that consume from each other instead of planning for ever", async () => {
    const { plan } = changing([], []);
    await expect(planInWaves([stack("a", ["b/one"]), stack("b", ["a/one"])], plan)).rejects.toThrow(
      "These stacks consume each other's values: a, b",
    );
  });
});
