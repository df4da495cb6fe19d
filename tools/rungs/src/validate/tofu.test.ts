import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ParameterStore } from "./parameter-store";
import { TinyWorkspace } from "./tiny-workspace";

jest.setTimeout(180_000);

/**
 * OpenTofu itself is not at hand everywhere: a script answers for its version and hands the rest on to Terraform. That shows
 * what the runner does under the other name, and which arguments it uses, not what OpenTofu makes of them.
 */
const workspace = new TinyWorkspace();
const store = new ParameterStore();
const log = join(workspace.root, "arguments.log");

/** Every argument that the runner uses, as OpenTofu's documentation has them: https://opentofu.org/docs/cli/commands/ */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  init: ["-no-color", "-input", "-backend", "-lockfile"],
  plan: ["-lock-timeout", "-parallelism", "-json", "-detailed-exitcode", "-out", "-destroy", "-var"],
  apply: ["-lock-timeout", "-parallelism", "-json", "-var"],
  show: ["-no-color", "-json"],
  state: [],
};

beforeAll(async () => {
  const terraform = execFileSync("/bin/sh", ["-c", "command -v terraform"], { encoding: "utf8" }).trim();
  const tofu = join(workspace.root, "tofu");
  const script = [
    "#!/bin/sh",
    'if [ "$1" = version ]; then echo "OpenTofu v1.11.0"; echo "on linux_amd64"; exit 0; fi',
    `echo "$*" >> ${log}`,
    `exec ${terraform} "$@"`,
  ];
  writeFileSync(tofu, `${script.join("\n")}\n`);
  chmodSync(tofu, 0o755);
  workspace.env = { ...process.env, LANDFALL_TERRAFORM: tofu };
  workspace.announce(await store.start());
  // A built-in resource: there is no mirror of the other registry to take a provider from.
  workspace.synthesize({ terraform_data: { a: { input: "1" } } });
});
afterAll(() => {
  store.stop();
  workspace.remove();
});

describe("the runner, with a tool that calls itself OpenTofu", () => {
  it("saves, applies, cuts off and destroys with arguments that both tools have", async () => {
    expect((await workspace.run("plan")).stderr).toBe("");
    expect(workspace.result("manifest.json", "plans")).toMatchObject({ engine: "tofu 1.11.0", lock: null });
    expect((await workspace.run("apply")).stdout).toMatch(/deployed: 1 added/);
    expect((await workspace.run("deploy")).stdout).toMatch(/unchanged since the last deploy; 1 resources/);
    expect((await workspace.run("destroy")).stdout).toMatch(/destroyed 1 resources/);

    const used = readFileSync(log, "utf8").trim().split("\n");
    expect(new Set(used.map((line) => line.split(" ")[0]))).toEqual(new Set(Object.keys(KNOWN)));
    const foreign = used.flatMap((line) => {
      const [command = "", ...rest] = line.split(" ");
      const flags = rest.filter((argument) => argument.startsWith("-"));
      return flags
        .map((flag) => flag.replace(/=.*$/s, ""))
        .filter((flag) => !KNOWN[command]?.includes(flag))
        .map((flag) => `${command} ${flag}`);
    });
    expect(foreign).toEqual([]);
  });
});
