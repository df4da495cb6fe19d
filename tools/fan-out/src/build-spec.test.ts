import { batchBuildSpec, MAX_BUILDS } from "./build-spec";
import { type StackTasks } from "./stack-tasks";
import { wavesOf } from "./waves";

const spec = (tasks: StackTasks) => batchBuildSpec({ zone: "sandbox", target: "deploy", tasks });

describe("batchBuildSpec", () => {
  it("has one build for each stack, which waits for what Nx lets it wait for", () => {
    expect(spec({ network: ["keys"], keys: [], "data-lake": ["network", "keys"] }).batch).toEqual({
      "fast-fail": false,
      "build-graph": [
        {
          identifier: "data_lake",
          env: { variables: { LANDFALL_STACK: "data-lake" } },
          "depend-on": ["keys", "network"],
        },
        { identifier: "keys", env: { variables: { LANDFALL_STACK: "keys" } } },
        { identifier: "network", env: { variables: { LANDFALL_STACK: "network" } }, "depend-on": ["keys"] },
      ],
    });
  });

  it("runs the target of its stack and zone alone, on what it has synthesized itself", () => {
    const { env, phases } = spec({ keys: [] });
    expect(env.variables).toMatchObject({ LANDFALL_ZONE: "sandbox", NX_DAEMON: "false" });
    expect(phases.install.commands).toEqual(["npm ci"]);
    expect(phases.build.commands).toEqual([
      'npx nx synth "$LANDFALL_STACK" --configuration="$LANDFALL_ZONE"',
      'npx nx deploy "$LANDFALL_STACK" --configuration="$LANDFALL_ZONE" --excludeTaskDependencies',
    ]);
  });

  it("refuses more builds than a batch takes, and says what to do", () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, []]));
    expect(spec(many(MAX_BUILDS)).batch["build-graph"]).toHaveLength(100);
    expect(() => spec(many(MAX_BUILDS + 1))).toThrow(
      "'stacks' of a batch must be at most 100, got: 101. Next: fan out what is affected with --affected",
    );
  });

  it("refuses two stacks that would be one build", () => {
    expect(() => spec({ "data-lake": [], data_lake: [] })).toThrow(
      "stacks 'data-lake' and 'data_lake' both become the build 'data_lake'. Next: rename one",
    );
  });
});

describe("wavesOf", () => {
  it("puts a build after all that it waits for, and as early as that allows", () => {
    expect(wavesOf(spec({ a: [], b: ["a"], c: ["a"], d: ["c", "b"], e: [] }))).toEqual([
      ["a", "e"],
      ["b", "c"],
      ["d"],
    ]);
  });

  it("fails on a circle and on a build that is not there", () => {
    expect(() => wavesOf(spec({ a: ["b"], b: ["a"] }))).toThrow("no build can start: a, b");
    expect(() => wavesOf(spec({ a: ["missing"] }))).toThrow("no build can start: a");
  });
});
