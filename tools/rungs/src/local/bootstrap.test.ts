import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { type Emulator, emulatorEnvironment, startEmulator } from "@landfall/local";
import { copyWorkspace, ROOT } from "../workspace";

jest.setTimeout(10 * 60_000);

const BUCKET = "sandbox-state-123456789012-eu-west-1";
const KEY = "sandbox-bootstrap.tfstate";

/** Two clones: what one administrator has done, another one finds. */
const clones = [copyWorkspace(), copyWorkspace()];
const emulatorRoot = mkdtempSync(join(tmpdir(), "landfall-bootstrap-"));
let emulator: Emulator;
let s3: S3Client;

beforeAll(async () => {
  emulator = await startEmulator({
    root: emulatorRoot,
    venv: join(ROOT, "dist", "local", "venv"),
    region: "eu-west-1",
    account: "123456789012",
  });
  s3 = new S3Client({
    endpoint: emulator.endpoint,
    region: "eu-west-1",
    forcePathStyle: true,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});

afterAll(async () => {
  s3?.destroy();
  await emulator?.stop();
  for (const folder of [...clones, emulatorRoot]) rmSync(folder, { recursive: true, force: true });
});

/** The zone `sandbox` is one of AWS: only the environment says that an emulator stands in for it. */
function administrator(clone: number, program: "bootstrap" | "cli", ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", `tools/nx-terraform/src/${program}.ts`, ...args],
    { cwd: clones[clone] ?? "", encoding: "utf8", env: emulatorEnvironment(emulator) },
  );
  return { status, stdout, stderr };
}

async function stateInBucket(): Promise<{ readonly serial: number; readonly resources: readonly unknown[] }> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
  return JSON.parse((await Body?.transformToString()) ?? "") as Awaited<ReturnType<typeof stateInBucket>>;
}

describe("npm run bootstrap", () => {
  it("is asked for by whoever deploys before it", () => {
    const { status, stderr } = administrator(0, "cli", "validate", "--stack", "keys", "--zone", "sandbox");
    expect({ status, stderr }).toMatchObject({ status: 1 });
    expect(stderr).toContain("npx nx synth keys --configuration=sandbox");

    spawnSync(process.execPath, ["tools/synth/synth.mjs", "--zone", "sandbox", "--stack", "keys"], {
      cwd: clones[0] ?? "",
    });
    const planned = administrator(0, "cli", "plan", "--stack", "keys", "--zone", "sandbox");
    expect(planned.stderr).toContain("npm run bootstrap -- --zone sandbox");
  });

  it("applies nothing that nobody has agreed to", () => {
    const { status, stdout, stderr } = administrator(0, "bootstrap", "--zone", "sandbox");
    expect(stdout).toMatch(/there is no state bucket yet/);
    expect(stderr).toMatch(/sandbox-bootstrap: \d+ to add, 0 to change, 0 to destroy\. Apply\? .* add --yes/);
    expect(status).toBe(1);
  });

  it("makes the state bucket and moves its own state into it", async () => {
    const { status, stdout, stderr } = administrator(0, "bootstrap", "--zone", "sandbox", "--yes");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/moved the state into the bucket/);
    expect((await stateInBucket()).resources.length).toBeGreaterThan(10);
    const work = join(clones[0] ?? "", "dist", "terraform", "sandbox", "sandbox-bootstrap");
    expect(existsSync(join(work, "terraform.tfstate"))).toBe(false);
  });

  it("has nothing to do when it is repeated, here or in another clone, and leaves no lock", async () => {
    const before = await stateInBucket();
    for (const clone of [0, 1]) {
      const { status, stdout, stderr } = administrator(clone, "bootstrap", "--zone", "sandbox", "--yes");
      expect({ clone, status, stderr }).toEqual({ clone, status: 0, stderr: "" });
      expect(stdout).toMatch(/nothing to do/);
    }
    expect((await stateInBucket()).serial).toBe(before.serial);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents.map(({ Key }) => Key)).toEqual([KEY]);
  });

  it("leaves the deployer nothing to do", () => {
    for (const command of ["plan", "deploy", "destroy"]) {
      const { status, stdout } = administrator(
        1,
        "cli",
        command,
        "--stack",
        "bootstrap",
        "--zone",
        "sandbox",
      );
      expect({ command, status }).toEqual({ command, status: 0 });
      expect(stdout).toContain("left to an administrator: npm run bootstrap -- --zone sandbox");
    }
  });

  it("lets the deployer's states be kept beside its own", async () => {
    const { status, stdout, stderr } = administrator(
      0,
      "cli",
      "deploy",
      "--stack",
      "keys",
      "--zone",
      "sandbox",
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/deployed: \d+ added/);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents.map(({ Key }) => Key).sort()).toEqual([KEY, "sandbox-keys-eu-west-1.tfstate"]);
    // The working folder holds no state that could be taken for the real one.
    const work = join(clones[0] ?? "", "dist", "terraform", "sandbox", "sandbox-keys-eu-west-1");
    expect(readFileSync(join(work, "cdk.tf.json"), "utf8")).toContain(BUCKET);
    expect(existsSync(join(work, "terraform.tfstate"))).toBe(false);
  });
});
