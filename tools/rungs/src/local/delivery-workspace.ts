import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../workspace";

type Block = Readonly<Record<string, unknown>>;

/** What differs from one synthesis of a stack to the next. */
export interface Source {
  /** A comment in the JSON, as cdktf writes one for each construct. */
  readonly comment?: string;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  /** The contract values that it consumes, e.g. `network/subnetIds`, by data block. */
  readonly consumes?: Readonly<Record<string, string>>;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const BUCKET = "delivery-state-123456789012-eu-west-1";
export const STACKS = ["network", "alpha", "beta"] as const;
export type Stack = (typeof STACKS)[number];

/** A zone of AWS: only the environment says that an emulator stands in for it. Its stacks are synthesized by hand. */
const ZONE = {
  name: "sandbox",
  regions: { home: "eu-west-1" },
  accounts: [{ name: "main", id: "123456789012", duties: [] }],
};

/** A clone of a workspace of three stacks, whose states are in a bucket that it shares with the other clones. */
export class DeliveryWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), "landfall-delivery-"));

  /** @param env the whole environment of its runs */
  constructor(private readonly env: Readonly<Record<string, string>>) {
    this.put("nx.json", "{}");
    this.put("libs/zones/sandbox/zone.ts", "");
    for (const stack of STACKS) this.put(`stacks/${stack}/src/stack.ts`, "");
    cpSync(join(ROOT, ".terraform.lock.hcl"), join(this.root, ".terraform.lock.hcl"));
  }

  /** Says what is synthesized of a stack. */
  synthesize(stack: Stack, { comment = "", resource, consumes = {} }: Source): void {
    const out = `dist/synth/sandbox/${stack}`;
    const instance = `sandbox-${stack}`;
    const parameters = Object.entries(consumes).map(([block, value]) => [
      block,
      { "//": comment, name: `/landfall/sandbox/${value}`, provider: "aws.consumed" },
    ]);
    const data = Object.fromEntries(parameters) as Record<string, Block>;
    const region = "eu-west-1";
    const json = {
      "//": { metadata: { comment } },
      terraform: {
        required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
        backend: { s3: { bucket: BUCKET, key: `${instance}.tfstate`, region, use_lockfile: true } },
      },
      variable: { access: { type: "string", default: "plan", ephemeral: true } },
      provider: {
        aws: [
          { region },
          {
            region,
            alias: "consumed",
            assume_role: [{ role_arn: "arn:aws:iam::123456789012:role/sandbox-${var.access}" }],
          },
        ],
      },
      ...(parameters.length > 0 ? { data: { aws_ssm_parameter: data } } : {}),
      resource,
    };
    this.put(`${out}/stacks/${instance}/cdk.tf.json`, JSON.stringify(json));
    const instances = [
      { name: instance, stack, account: "main", accountId: "123456789012", region, appliedBy: "deployer" },
    ];
    this.put(`${out}/zone.json`, JSON.stringify({ zone: ZONE, instances }));
    this.put(`${out}/sources.json`, "{}");
  }

  /** Starts a command of the runner on a stack. */
  start(command: string, stack: Stack, extra: Readonly<Record<string, string>> = {}) {
    const child = spawn(
      process.execPath,
      [
        ...["--import", pathToFileURL(require.resolve("tsx")).href],
        ...[join(ROOT, "tools/nx-terraform/src/cli.ts"), command, "--stack", stack, "--zone", "sandbox"],
      ],
      { cwd: this.root, env: { ...this.env, ...extra } },
    );
    const printed = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
    const finished = new Promise<Finished>((resolve) =>
      child.once("close", (code) => resolve({ code, ...printed })),
    );
    return { process: child, printed, finished };
  }

  run(command: string, stack: Stack, extra: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return this.start(command, stack, extra).finished;
  }

  /** The folder of a stack's saved plan. */
  plans(stack: string): string {
    return join(this.root, "dist/plans/sandbox", `sandbox-${stack}`);
  }

  /** Takes over a saved plan of another clone, as the next stage of a pipeline would. */
  carryPlan(from: DeliveryWorkspace, stack: Stack, as: Stack = stack): void {
    rmSync(this.plans(as), { recursive: true, force: true });
    cpSync(from.plans(stack), this.plans(as), { recursive: true });
  }

  json(file: string): unknown {
    return JSON.parse(readFileSync(join(this.root, file), "utf8"));
  }

  put(file: string, content: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
