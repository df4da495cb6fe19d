import { LandfallError } from "@landfall/core";
import { type Check, Impossible, runChecks, skippedChecks } from "./checks";

const passes = (name: string, essential = false): Check => ({
  name,
  essential,
  run: () => Promise.resolve("fine"),
});
const fails = (name: string, error: Error, essential = false): Check => ({
  name,
  essential,
  run: () => Promise.reject(error),
});

const quiet = (): void => undefined;

describe("runChecks", () => {
  it("says how each check ended", async () => {
    const checks = [passes("lint"), passes("test"), fails("audit", new Impossible("no answer"))];
    expect(await runChecks(checks, ["test"], quiet)).toMatchObject([
      { name: "lint", outcome: "passed", detail: "fine" },
      { name: "test", outcome: "skipped" },
      { name: "audit", outcome: "impossible", detail: "no answer" },
    ]);
  });

  it("goes on after a failure, and names all that failed", async () => {
    const lines: string[] = [];
    const checks = [
      fails("types", new LandfallError("2 errors")),
      passes("lint"),
      fails("test", new LandfallError("x")),
    ];
    await expect(runChecks(checks, [], (line) => lines.push(line))).rejects.toThrow(
      "Not verified: types, test failed, see above",
    );
    expect(lines.join("\n")).toMatch(/types +failed: 2 errors.*\n.*lint +passed/);
  });

  it("does not ask what needs a check that failed", async () => {
    const lines: string[] = [];
    const checks = [fails("synth", new LandfallError("x"), true), passes("fsbp")];
    await expect(runChecks(checks, [], (line) => lines.push(line))).rejects.toThrow("synth, fsbp failed");
    expect(lines.at(-1)).toMatch(/fsbp +failed: not asked, since synth failed/);
  });

  it("lets a mistake of ours through as it is", async () => {
    await expect(runChecks([fails("lint", new TypeError("ours"))], [], quiet)).rejects.toThrow(TypeError);
  });
});

describe("skippedChecks", () => {
  const checks = [passes("lint"), passes("test"), passes("synth", true)];

  it("are none where nothing is set", () => {
    expect(skippedChecks(checks, undefined)).toEqual([]);
  });

  it("are those that are named", () => {
    expect(skippedChecks(checks, "lint, test")).toEqual(["lint", "test"]);
  });

  it.each([
    ["tests", "'LANDFALL_VERIFY_SKIP' must name some of lint, test, got: tests (did you mean 'test'?)"],
    ["synth", "must name some of lint, test, got: synth"],
  ])("can't be %s", (name, message) => {
    expect(() => skippedChecks(checks, name)).toThrow(message);
  });
});
