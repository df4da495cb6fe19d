import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const repository = join(__dirname, "..", "..", "..", "..");
const instance = "local-tiny";

/** What a finished run of the command line tool left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the command line tool that is under way. */
export interface Running {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** A workspace with one stack, `tiny`, in one emulated zone, `local`, synthesized by hand. */
export class TinyWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), "landfall-runner-"));
  /** The environment that the command line tool gets. */
  env: NodeJS.ProcessEnv = { ...process.env };
  private starts = 0;

  constructor() {
    this.put("nx.json", "{}");
    this.put("libs/zones/local/zone.ts", "");
    this.put("stacks/tiny/src/stack.ts", "");
    copyFileSync(join(repository, ".terraform.lock.hcl"), join(this.root, ".terraform.lock.hcl"));
    const zone = { name: "local", emulated: true, regions: { home: "eu-west-1" } };
    const instances = [{ name: instance, stack: "tiny", region: "eu-west-1" }];
    this.put("dist/synth/local/tiny/zone.json", JSON.stringify({ zone, instances }));
    this.put("limits.json", JSON.stringify({ notEmulated: [], drifts: [] }));
  }

  /**
   * Says what is synthesized: these resources, each made at line 31 of the stack. Without one of AWS, its provider is left out.
   *
   * @param resource blocks by type and name
   */
  synthesize(resource: Record<string, Record<string, unknown>>): void {
    const provider = {
      region: "eu-west-1",
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
    };
    const aws = Object.keys(resource).some((type) => type.startsWith("aws_"));
    const required = { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } };
    const json = {
      terraform: {
        ...(aws ? { required_providers: required } : {}),
        backend: { local: { path: "terraform.tfstate" } },
      },
      ...(aws ? { provider: { aws: [provider] } } : {}),
      resource,
    };
    const addresses = Object.entries(resource).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((name) => `${type}.${name}`),
    );
    const out = "dist/synth/local/tiny";
    this.put(`${out}/stacks/${instance}/cdk.tf.json`, JSON.stringify(json));
    this.put(
      `${out}/sources.json`,
      JSON.stringify({ [instance]: Object.fromEntries(addresses.map((address) => [address, ["1:1"]])) }),
    );
    const map = {
      version: 3,
      names: [],
      sources: ["../../../../stacks/tiny/src/stack.ts"],
      mappings: "AA8BA",
    };
    this.put(`${out}/synth.cjs.map`, JSON.stringify(map));
  }

  /** Announces an emulator, as one that has just started: with nothing in it. */
  announce(endpoint: string): void {
    this.starts += 1;
    const env = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
    };
    const startedAt = new Date(this.starts).toISOString();
    this.put(
      "dist/local/emulator.json",
      JSON.stringify({ pid: process.pid, endpoint, env, limits: "limits.json", startedAt }),
    );
  }

  /** A result file of the stack's instance, e.g. `deploy.json`; what `plan` saves is in the area `plans`. */
  result(file: string, area: "terraform" | "plans" = "terraform"): unknown {
    return JSON.parse(readFileSync(join(this.root, "dist", area, "local", instance, file), "utf8"));
  }

  /** Starts the command line tool on the stack; an option given twice counts as it is given here. */
  start(command: string, ...options: readonly string[]): Running {
    const child = spawn(
      process.execPath,
      [
        ...["--import", pathToFileURL(require.resolve("tsx")).href],
        ...[join(repository, "tools/nx-terraform/src/cli.ts"), command, "--stack", "tiny", "--zone", "local"],
        ...options,
      ],
      { cwd: this.root, env: this.env },
    );
    const printed = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
    return {
      process: child,
      finished: new Promise((resolve) => child.once("close", (code) => resolve({ code, ...printed }))),
    };
  }

  run(command: string, ...options: readonly string[]): Promise<Finished> {
    return this.start(command, ...options).finished;
  }

  /** The processes that Terraform runs in for this workspace: itself, its provider, and their guard. */
  terraformProcesses(): string[] {
    const lines = execFileSync("ps", ["-eo", "pgid=,stat=,args="], { encoding: "utf8" }).trim().split("\n");
    const rows = lines
      .map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line))
      .map((row) => ({ group: row?.[1], stat: row?.[2], args: row?.[3] ?? "" }));
    const groups = new Set(
      rows.filter(({ args }) => args.includes(`${this.root}/dist/terraform`)).map(({ group }) => group),
    );
    return rows
      .filter(({ group, stat }) => groups.has(group) && stat?.startsWith("Z") === false)
      .map(({ args }) => args);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  private put(file: string, content: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }
}
