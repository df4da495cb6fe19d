import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@landfall/local";
import { unzipSync, zipSync } from "fflate";
import { copyWorkspace, ROOT, ZONES } from "../workspace";

jest.setTimeout(15 * 60_000);

/**
 * One app and one zone are enough, and what `npm test` checks besides is left out of Verify: the story here is what happens
 * between the stages.
 */
const LEFT_OUT = {
  apps: readdirSync(join(ROOT, "apps")).filter((app) => app !== "intake"),
  zones: ZONES.filter((zone) => zone !== "local"),
  checks: "types,lint,test,permissions",
};

/** The artifacts, which a pipeline keeps in its bucket. */
const artifact = (name: string): string =>
  join(clone, "dist", "rehearsal", "local", "artifacts", `${name}.zip`);

let clone = "";
let emulator: Emulator;

beforeAll(async () => {
  clone = copyWorkspace();
  for (const app of LEFT_OUT.apps) rmSync(join(clone, "apps", app), { recursive: true });
  for (const zone of LEFT_OUT.zones) rmSync(join(clone, "libs", "zones", zone), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
      cwd: clone,
    });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Rehearse this");
  emulator = await startEmulator({
    root: clone,
    venv: join(ROOT, "dist", "local", "venv"),
    region: "eu-west-1",
    account: "123456789012",
  });
});

afterAll(async () => {
  await emulator?.stop();
  rmSync(clone, { recursive: true, force: true });
});

function rehearse(...args: string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "tools/rehearsal/src/main.ts", "--install=link", "--once", ...args],
    { cwd: clone, encoding: "utf8", env: { ...process.env, LANDFALL_VERIFY_SKIP: LEFT_OUT.checks } },
  );
  return { status, output: stdout + stderr };
}

/** Changes one file of an artifact, runs the deploy, and puts the artifact back as it was. */
function deployTampered(name: string, file: RegExp): ReturnType<typeof rehearse> {
  const path = artifact(name);
  const original = readFileSync(path);
  const files = unzipSync(original);
  const target = Object.keys(files).find((each) => file.test(each)) ?? "";
  writeFileSync(path, zipSync({ ...files, [target]: Buffer.from("tampered") }));
  try {
    return rehearse("--from=local/Deploy");
  } finally {
    writeFileSync(path, original);
  }
}

const states = (): string[] => {
  const folder = join(clone, "dist", "terraform", "local");
  return (existsSync(folder) ? readdirSync(folder) : []).filter((instance) =>
    existsSync(join(folder, instance, "terraform.tfstate")),
  );
};

/** One story: each step needs the one before. */
describe("the rehearsal of the local zone's pipeline", () => {
  it("runs the real commands of each build up to the plan, and hands on what they make", () => {
    const { status, output } = rehearse("--until=local/Plan");
    expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
    expect(output).toContain("delivery verify --zone local");
    expect(output).toContain("$ node tools/run.mjs delivery plan --zone local");
    expect(output.match(/role local-pipeline-\S+: \d+ calls simulated, all as they must be/g)).toHaveLength(
      2,
    );
    expect(Object.keys(unzipSync(readFileSync(artifact("verified"))))).toEqual(
      expect.arrayContaining(["digest.json", "sbom/intake-catalogue.cdx.json"]),
    );
    expect(Object.keys(unzipSync(readFileSync(artifact("plan_local"))))).toEqual(
      expect.arrayContaining(["manifest.json", "summary.md", "local-keys-eu-west-1/plan.tfplan"]),
    );
    expect(states()).toEqual([]);
  });

  it("stops where nobody approves", () => {
    const { status, output } = rehearse("--from=local/Approve", "--until=local/Approve");
    expect(status).toBe(1);
    expect(output).toMatch(/\| local: \d+ to add, 0 to change, 0 to replace, 0 to destroy/);
    expect(output).toContain("nobody can answer here, add --approve");
  });

  it.each([
    [
      "a saved plan",
      "plan_local",
      /keys.*plan\.tfplan$/,
      /not what was approved: \S+plan\.tfplan was changed/,
    ],
    ["a bundle", "verified", /function\.zip$/, /not what verify made: \S+function\.zip was changed/],
    [
      "the source",
      "source",
      /^stacks\/keys\/src\/stack\.ts$/,
      /not what was verified: stacks\/keys\/src\/stack\.ts was changed/,
    ],
  ])("deploys nothing when somebody has tampered with %s", (_, name, file, reason) => {
    const { status, output } = deployTampered(name, file);
    expect(status).toBe(1);
    expect(output).toMatch(reason);
    expect(states()).toEqual([]);
  });

  it("applies what was approved, and names the stacks that come after it", () => {
    const { status, output } = rehearse("--from=local/Approve", "--until=local/Deploy", "--approve");
    expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
    expect(output).toMatch(/The zone local is deployed: .*keys/);
    expect(output).toMatch(
      /stacks consume values that this has made or changed: run the pipeline again for .*network/,
    );
    expect(states()).toEqual(expect.arrayContaining(["local-bootstrap", "local-keys-eu-west-1"]));
    expect(states()).not.toContain("local-network-eu-west-1");
  });

  it("applies no plan twice", () => {
    const { status, output } = rehearse("--from=local/Deploy", "--until=local/Deploy");
    expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
    expect(output).toMatch(/keys +unchanged|keys +nothing to deploy/);
  });
});
