import { stackTasksIn } from "./stack-tasks";

const task = (project: string, target: string) => ({ target: { project, target } });

describe("stackTasksIn", () => {
  it("keeps the order of the one target, and leaves out what a build does by itself", () => {
    const graph = {
      tasks: {
        tasks: {
          "keys:deploy:local": task("keys", "deploy"),
          "keys:synth:local": task("keys", "synth"),
          "network:deploy:local": task("network", "deploy"),
        },
        dependencies: {
          "keys:deploy:local": ["keys:synth:local"],
          "network:deploy:local": ["keys:deploy:local", "keys:synth:local"],
        },
      },
    };
    expect(stackTasksIn(graph, "deploy")).toEqual({ keys: [], network: ["keys"] });
    expect(stackTasksIn(graph, "plan")).toEqual({});
  });
});
