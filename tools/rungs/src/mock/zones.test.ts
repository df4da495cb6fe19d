import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  findToolchain,
  type Instance,
  pathsOf,
  readSynthesis,
  stacksIn,
  type Toolchain,
} from "@landfall/nx-terraform";
import { nx } from "../nx";
import { ROOT } from "../workspace";
import { mockedTest } from "./mocked-test";

jest.setTimeout(600_000);

/**
 * Zones that no emulator stands in for: their own settings (deletion protection, retention, the S3 backend, several
 * accounts) are evaluated here with the real provider's schema and mocked resources.
 */
const ZONES = ["sandbox", "organization"];

/** In the recovery region a stack is the same, or less. */
const isHome = ({ region }: Instance): boolean => region === "eu-west-1";

let toolchain: Toolchain;

beforeAll(async () => {
  toolchain = await findToolchain(ROOT);
  for (const zone of ZONES) {
    mustSucceed("synth", zone);
    const locks = stacksIn(ROOT)
      .flatMap((stack) => readSynthesis(ROOT, zone, stack).instances)
      .map((instance) => pathsOf(ROOT, zone, instance).lock);
    // Initializes each working folder, without its backend; the rung before has mostly done so.
    if (!locks.every((lock) => existsSync(lock))) mustSucceed("validate", zone);
  }
});

function mustSucceed(target: string, zone: string): void {
  const { status, output } = nx("run-many", "-t", target, `--configuration=${zone}`, "--parallel=2");
  expect({ target, zone, status, output: status === 0 ? "" : output }).toEqual({
    target,
    zone,
    status: 0,
    output: "",
  });
}

const cases = ZONES.flatMap((zone) => stacksIn(ROOT).map((stack) => ({ zone, stack })));

it.each(cases)("$stack of the zone $zone plans and applies with mocked resources", ({ zone, stack }) => {
  const { instances, folder } = readSynthesis(ROOT, zone, stack);
  for (const instance of instances.filter(isHome)) {
    const work = mkdtempSync(join(tmpdir(), "landfall-mock-"));
    const { lock, work: initialized } = pathsOf(ROOT, zone, instance);
    cpSync(join(folder, "stacks", instance.name), work, { recursive: true });
    cpSync(lock, join(work, ".terraform.lock.hcl"));
    const file = join(work, "cdk.tf.json");
    // What Terraform may not destroy, its test could not clean away.
    const text = readFileSync(file, "utf8").replaceAll('"prevent_destroy": true', '"prevent_destroy": false');
    writeFileSync(file, text);
    writeFileSync(
      join(work, "zone.tftest.hcl"),
      mockedTest(JSON.parse(text) as Parameters<typeof mockedTest>[0]),
    );
    const { status, stdout, stderr } = spawnSync(toolchain.binary, ["test", "-no-color"], {
      cwd: work,
      encoding: "utf8",
      env: { ...toolchain.env, TF_DATA_DIR: join(initialized, ".terraform") },
    });
    rmSync(work, { recursive: true, force: true });
    expect({ instance: instance.name, status, output: status === 0 ? "" : stdout + stderr }).toEqual({
      instance: instance.name,
      status: 0,
      output: "",
    });
    expect(stdout).toContain("1 passed, 0 failed");
  }
});
