import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { destroyEnvironment, tasksByGraph } from "./destroy-run";

const tasks = () => ["keys:destroy:sandbox", "network:destroy:sandbox", "keys:synth:sandbox"];
const run = (line: string, tasksOf: (argv: readonly string[]) => readonly string[] = tasks) => {
  const { LANDFALL_DESTROY_RUN: json, ...rest } = destroyEnvironment(line.split(" "), tasksOf);
  return { ...rest, run: json === undefined ? undefined : (JSON.parse(json) as unknown) };
};

describe("destroyEnvironment", () => {
  it.each(["deploy keys", "run-many -t plan,deploy", "run keys:deploy:sandbox"])(
    "has nothing for: %s",
    (line) => {
      expect(run(line)).toEqual({ run: undefined });
    },
  );

  it.each([
    "destroy keys -c sandbox",
    "run keys:destroy:sandbox",
    "run-many -t destroy -c sandbox",
    "run-many --targets=plan,destroy",
  ])("hands the whole run down for: %s", (line) => {
    expect(run(line)).toEqual({ run: { argv: line.split(" "), stacks: ["keys", "network"] } });
  });

  it.each(["--confirm=sandbox,sandbox/keys", "--confirm sandbox,sandbox/keys"])(
    "hands down what was typed, and keeps it out of the command: %s",
    (confirm) => {
      const asked: (readonly string[])[] = [];
      const result = run(`destroy keys ${confirm} -c sandbox`, (argv) => {
        asked.push(argv);
        return tasks();
      });

      expect(result).toEqual({
        LANDFALL_CONFIRM: "sandbox,sandbox/keys",
        run: { argv: ["destroy", "keys", "-c", "sandbox"], stacks: ["keys", "network"] },
      });
      expect(asked).toEqual([["destroy", "keys", "-c", "sandbox"]]);
    },
  );
});

describe("tasksByGraph", () => {
  let root = "";
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "landfall-graph-"))));
  afterEach(() => rmSync(root, { recursive: true }));
  const nx = (script: string) => {
    writeFileSync(join(root, "nx.js"), script);
    return tasksByGraph(join(root, "nx.js"), root)(["destroy", "keys"]);
  };

  it("reads the tasks from the graph that Nx prints, after whatever it says before", () => {
    const graph = { graph: {}, tasks: { tasks: { "keys:destroy": { id: "keys:destroy" } } } };

    expect(
      nx(
        `if (process.argv.slice(2).join(" ") === "destroy keys --graph=stdout") console.log("NX hello\\n" + ${JSON.stringify(JSON.stringify(graph))})`,
      ),
    ).toEqual(["keys:destroy"]);
  });

  it("knows none when Nx fails", () => {
    expect(nx("process.exit(1)")).toEqual([]);
  });
});
