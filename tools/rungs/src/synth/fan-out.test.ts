import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type BatchBuildSpec, wavesOf } from "@landfall/fan-out";
import { nx } from "../nx";
import { ROOT } from "../workspace";

jest.setTimeout(120_000);

/** Runs the command as a buildspec's author would. */
function fanOut(...args: string[]) {
  const main = join(ROOT, "tools", "fan-out", "src", "main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", main, ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
const spec = (target: string): BatchBuildSpec => {
  const { status, stdout, stderr } = fanOut("--zone", "sandbox", "--target", target);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as BatchBuildSpec;
};

/** What Nx lets wait for what, of one target: `[first, then]`. */
function edges(target: string): string[][] {
  const { output } = nx("run-many", "-t", target, "--graph=stdout");
  const { tasks } = JSON.parse(output.slice(output.indexOf("{"))) as {
    tasks: { dependencies: Record<string, string[]> };
  };
  return Object.entries(tasks.dependencies).flatMap(([task, before]) =>
    before
      .filter((other) => other.includes(`:${target}:`) && task.includes(`:${target}:`))
      .map((other) => [other, task].map((name) => name.split(":")[0] ?? "")),
  );
}

describe.each(["plan", "apply", "deploy"])("the batch build of %s", (target) => {
  const batch = spec(target);
  const waves = wavesOf(batch);
  const waveOf = (stack: string) => waves.findIndex((wave) => wave.includes(stack));

  it("waits for exactly what Nx waits for", () => {
    const waits = batch.batch["build-graph"].flatMap(({ identifier, "depend-on": before = [] }) =>
      before.map((first) => [first, identifier]),
    );
    expect(waits.length).toBeGreaterThan(0);
    expect(waits.sort()).toEqual(edges(target).sort());
  });

  it("takes the owner of a contract in a wave before those who import it", () => {
    for (const [first = "", then = ""] of edges(target)) {
      expect({ first, then, isBefore: waveOf(first) < waveOf(then) }).toEqual({
        first,
        then,
        isBefore: true,
      });
    }
    expect(waveOf("keys")).toBe(0);
    expect(waveOf("intake")).toBeGreaterThan(waveOf("network"));
  });
});

describe("the command", () => {
  it("refuses a mistyped zone in one line, with the nearest name", () => {
    const { status, stderr } = fanOut("--zone", "sandbx", "--target", "plan");
    expect(status).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain("(did you mean 'sandbox'?)");
  });
});
