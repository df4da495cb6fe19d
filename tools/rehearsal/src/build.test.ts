import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBuild } from "./build";
import { readBuildSpec } from "./build-spec";

const folder = mkdtempSync(join(tmpdir(), "landfall-build-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Phases = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Runs the commands with a real shell. */
async function build(phases: Phases, env: object = {}, install: "ci" | "link" = "ci") {
  const lines: string[] = [];
  const spec = readBuildSpec(JSON.stringify({ version: "0.2", env, phases }), "test");
  const log = join(folder, "build.log");
  const scratch = mkdtempSync(join(folder, "scratch-"));
  const { PATH = "" } = process.env;
  const built = await runBuild({
    spec,
    folder,
    scratch,
    env: { PATH },
    install,
    log,
    say: (line) => lines.push(line),
  });
  const printed = lines.filter((line) => !line.startsWith("$ "));
  return { ...built, lines, printed, log: readFileSync(log, "utf8") };
}

describe("runBuild", () => {
  it("runs the phases in their order, in one shell, in the folder, with the variables of the buildspec", async () => {
    const { code, printed, log } = await build(
      {
        post_build: { commands: ["echo last"] },
        build: { commands: ['echo "$GIVEN $SET $(pwd)"'] },
        install: { commands: ["export SET=two"] },
      },
      { variables: { GIVEN: "one" } },
    );
    expect({ code, printed }).toEqual({ code: 0, printed: [`one two ${folder}`, "last"] });
    expect(log).toContain("last");
  });

  it("hands on the variables that it exports, also those of several lines, and none that is not set", async () => {
    const { variables } = await build(
      { build: { commands: ["export SUMMARY=$'one\\ntwo $HOME'"] } },
      { "exported-variables": ["SUMMARY", "MISSING"] },
    );
    expect(variables).toEqual({ SUMMARY: "one\ntwo $HOME" });
  });

  it("ends a phase at its first command that fails, runs what comes finally, and still clears away", async () => {
    const { code, printed } = await build({
      build: { commands: ["echo one", "false", "echo two"], finally: ["echo finally"] },
      post_build: { commands: ["echo cleared"] },
    });
    expect({ code, printed }).toEqual({ code: 1, printed: ["one", "finally", "cleared"] });
  });

  it("does not build what could not be installed", async () => {
    const { code, printed } = await build({
      install: { commands: ["false"] },
      build: { commands: ["echo built"] },
    });
    expect({ code, printed }).toEqual({ code: 1, printed: [] });
  });

  it("has nothing of this machine but what it is given", async () => {
    process.env.LANDFALL_SECRET_OF_MINE = "secret";
    const { printed } = await build({ build: { commands: ['echo "[$LANDFALL_SECRET_OF_MINE]"'] } });
    delete process.env.LANDFALL_SECRET_OF_MINE;
    expect(printed).toEqual(["[]"]);
  });

  it("leaves npm ci alone where the packages are linked, and says so", async () => {
    const { code, lines } = await build({ install: { commands: ["npm ci"] } }, {}, "link");
    expect({ code, lines }).toEqual({ code: 0, lines: ["$ npm ci: the packages are linked instead"] });
    expect(existsSync(join(folder, "node_modules"))).toBe(false);
  });
});

describe("readBuildSpec", () => {
  it("reads YAML, and one command for a list of one", () => {
    const spec = readBuildSpec("version: 0.2\nphases:\n  build:\n    commands: make\n", "test");
    expect(spec.phases.build?.commands).toEqual(["make"]);
  });

  it("refuses what it can't play, all of it at once", () => {
    const text = JSON.stringify({
      version: "0.2",
      env: { "secrets-manager": { TOKEN: "token" } },
      phases: { build: { commands: [], "run-as": "root" } },
    });
    expect(() => readBuildSpec(text, "verify")).toThrow(
      /^The buildspec of verify has what a rehearsal can't play:\n(?=[^]*secrets-manager)(?=[^]*run-as)/,
    );
  });

  it("refuses what is no YAML in one line", () => {
    expect(() => readBuildSpec("a: [", "verify")).toThrow(/^The buildspec of verify is not YAML: [^\n]+$/);
  });
});
