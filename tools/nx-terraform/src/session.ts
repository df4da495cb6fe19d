import { appendFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";

import { LandfallError } from "@landfall/core";

import { type Emulator, emulatedEnv, findEmulator } from "./emulator";
import { type FailureContext, explainFailure, parseTextErrors } from "./failure";
import {
  type Access,
  cutoffIsOn,
  isRecordAddress,
  readDeployedState,
  readParameters,
  reasonToPlan,
} from "./fingerprint";
import { tryLock, unlock } from "./folder-lock";
import { assertMayRun, describeStateLock, parseStateLock } from "./guards";
import { init } from "./init";
import { instancesBefore, reversed, walk } from "./instance-order";
import type { Interruption } from "./interruption";
import { readLimits, staleLimitsOf } from "./limits";
import { Progress } from "./progress";
import { type State, parseState } from "./state";
import type { TerraformJson } from "./terraform-json";
import { Terraform } from "./terraform-process";
import { type Toolchain, findToolchain, providerLine } from "./toolchain";
import { type Diagnostic, type UiEvent, parseUiLine } from "./ui-stream";
import { type EmulatedBy, type WorkingFolder, prepare } from "./working-folder";
import { type Instance, type Synthesis, pathsOf, readSynthesis, stacksIn } from "./workspace";

/** `sourceLines` of `@landfall/synth`. */
export type FindSourceLines = (outdir: string, instance: string, address: string) => readonly string[];

/** What a command was asked to do, and with what. */
export interface Request {
  readonly root: string;
  /** e.g. `deploy` */
  readonly command: string;
  /** The stack's short name. */
  readonly stack: string;
  readonly zone: string;
  readonly print: (line: string) => void;
  readonly interruption: Interruption;
  readonly sourceLines: FindSourceLines;
  /** The most instances at a time. @default one for each core, four at most */
  readonly parallel?: number;
}

/** How an instance stands before it is planned. */
export interface Standing {
  /** Its state as it is now; `undefined` when it could not be read without `terraform init`. */
  readonly state: State | undefined;
  /** Why it has to be planned; `undefined` when it is as it was last deployed. */
  readonly reason: string | undefined;
  /** Whether it is as it was last deployed, and to be planned all the same. */
  readonly forced: boolean;
  /** What it would be deployed with now. */
  readonly fingerprint: string;
}

/** The most instances at a time: each is a Terraform and a provider of up to half a gigabyte. */
const PARALLEL = Math.min(4, availableParallelism());

/** What Terraform does at a time in an instance: it mostly waits for AWS, so more than there are cores. */
const PARALLELISM = Math.min(20, 5 * availableParallelism());

/** How long to wait for a state that somebody else works with, in seconds. */
const LOCK_VARIABLE = "LANDFALL_LOCK_SECONDS";
const LOCK_SECONDS = "300";

/** A command that has ended. */
interface Finished {
  readonly code: number;
  /** All that it reported. */
  readonly events: UiEvent[];
}

/** One instance of a stack with Terraform at hand: what every command works with. */
export class Session {
  private readonly startedAt = Date.now();
  private readonly log: string;
  private readonly stream: string;

  private constructor(
    private readonly request: Request,
    readonly instance: Instance,
    readonly folder: WorkingFolder,
    private readonly label: string,
    private readonly synthesis: Synthesis,
    readonly toolchain: Toolchain,
    private readonly terraform: Terraform,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.log = join(folder.paths.logs, `${request.command}.log`);
    this.stream = join(folder.paths.logs, `${request.command}.jsonl`);
    for (const file of [this.log, this.stream]) writeFileSync(file, "");
  }

  /**
   * Does something with each instance of a stack, in the order of deployment, and with several at a time where none needs
   * the other. One that fails stops only those that need it.
   *
   * @param cloud whether the task talks to AWS, or to the emulator in an emulated zone
   * @param order that of deployment, or the reverse
   * @throws LandfallError for what the user can mend: an unknown name, nothing synthesized, no Terraform, no emulator…
   */
  static async forEach(
    request: Request,
    cloud: boolean,
    task: (session: Session) => Promise<void>,
    order: "deployment" | "reverse" = "deployment",
  ): Promise<void> {
    const { root, command, stack, zone, interruption, print } = request;
    const synthesis = readSynthesis(root, zone, stack);
    if (cloud) await assertMayRun({ root, command, synthesis });
    const toolchain = await findToolchain(root);
    const emulated = cloud && synthesis.zone.emulated ? await findEmulated(root, zone) : undefined;
    const env = emulated === undefined ? toolchain.env : emulatedEnv(toolchain.env, emulated.emulator);
    const terraform = new Terraform(toolchain.binary, interruption);
    const width = Math.max(...stacksIn(root).map(({ length }) => length));
    const synthesized: TerraformJson[] = [];
    const { instances } = synthesis;
    if (instances.length === 0) print(`${stack.padEnd(width)}  not in the zone ${zone}`);
    const before = instancesBefore(synthesis);
    await walk({
      instances: order === "reverse" ? instances.toReversed() : instances,
      before: order === "reverse" ? reversed(before) : before,
      limit: request.parallel ?? PARALLEL,
      task: async (instance) => {
        const lock = join(pathsOf(root, zone, instance).work, "run.lock");
        const holder = tryLock(lock, command);
        if (holder !== undefined) {
          throw new LandfallError(
            `${instance.name} is in use by another run (${holder.command}, process ${holder.pid}): wait for it to end`,
          );
        }
        try {
          const folder = prepare(root, synthesis, instance, emulated, toolchain.lock);
          synthesized.push(folder.synthesized);
          const label = `${stack.padEnd(width)}${placeOf(instance, instances)}`;
          await task(new Session(request, instance, folder, label, synthesis, toolchain, terraform, env));
        } finally {
          unlock(lock);
        }
      },
    });
    for (const entry of staleLimitsOf(stack, synthesized, emulated?.limits)) {
      print(`${stack.padEnd(width)}  the emulator's limits list what the stack no longer has: ${entry}`);
    }
  }

  /** Seconds since the work on this instance began, to a tenth. */
  get seconds(): number {
    return Math.round((Date.now() - this.startedAt) / 100) / 10;
  }

  get zone(): string {
    return this.request.zone;
  }

  /** The workspace's folder. */
  get root(): string {
    return this.request.root;
  }

  /** Whether this instance is none of the deployer's, which is said. On the emulator, nobody is an administrator. */
  leavesToAdministrator(): boolean {
    const leaves = this.instance.appliedBy === "administrator" && !this.synthesis.zone.emulated;
    const stack = this.request.stack === "bootstrap" ? "" : ` --stack ${this.request.stack}`;
    if (leaves) this.say(`left to an administrator: npm run bootstrap -- --zone ${this.zone}${stack}`);
    return leaves;
  }

  /** Whether this instance makes the very bucket that its state is kept in. */
  get makesStateBucket(): boolean {
    const backend = this.folder.json.terraform?.backend?.["s3"] as { readonly bucket?: string } | undefined;
    const buckets = Object.values(this.folder.json.resource?.["aws_s3_bucket"] ?? {});
    return backend !== undefined && buckets.some(({ bucket }) => bucket === backend.bucket);
  }

  /** Prints a line, and keeps it in the log. */
  readonly say = (line: string): void => {
    this.request.print(`${this.label}  ${line}`);
    this.note(line);
  };

  /** Keeps a line in the log alone. */
  note(line: string): void {
    appendFileSync(this.log, `${new Date().toISOString()}  ${line}\n`);
  }

  /**
   * Finds out whether there is anything to plan, without starting Terraform.
   *
   * @param access the role that reads the consumed values
   */
  async standing(access: Access = "plan"): Promise<Standing> {
    const { json, fingerprint, consumed, paths } = this.folder;
    const state = await readDeployedState(json, paths.work, this.env);
    const read = (values: Parameters<typeof readParameters>[0]) => readParameters(values, access, this.env);
    const reason = await reasonToPlan({ json, fingerprint, state, consumed, read });
    const forced = reason === undefined && !cutoffIsOn();
    const why = forced ? "LANDFALL_CUTOFF is off" : reason;
    this.note(why === undefined ? "nothing to plan" : `to be planned: ${why}`);
    return { state, reason: why, forced, fingerprint };
  }

  /** The consumed values as they are now, by data block; `undefined` when one of them can't be read. */
  consumedValues(access: Access): ReturnType<typeof readParameters> {
    const { consumed } = this.folder;
    return consumed === undefined ? Promise.resolve(undefined) : readParameters(consumed, access, this.env);
  }

  /** Runs `terraform init` where it is needed. */
  async init(backend: boolean): Promise<void> {
    const { folder, toolchain, request, env } = this;
    const startedAt = Date.now();
    const options = {
      root: request.root,
      cwd: folder.paths.work,
      env,
      json: folder.json,
      toolchain,
      backend,
    };
    const result = await init(this.terraform, options);
    if ("errors" in result) {
      appendFileSync(this.log, result.output);
      throw this.failure("init", result.errors);
    }
    if (result.ran)
      this.say(`initialized: ${providerLine(toolchain)}  ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
  }

  /**
   * The argument that chooses the zone's role: the one that reads or the one that writes. None where the configuration
   * doesn't ask, because an administrator applies it.
   */
  access(role: Access): string[] {
    return this.folder.json.variable?.access === undefined ? [] : [`-var=access=${role}`];
  }

  /** Runs a command that only reads, and gathers what it prints. */
  capture(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return this.terraform.capture(args, { cwd: this.folder.paths.work, env: this.env });
  }

  /**
   * Reads the state as it is now.
   *
   * @throws LandfallError when it can't be read
   */
  async state(): Promise<State> {
    const { code, stdout, stderr } = await this.capture("state", "pull");
    if (code !== 0) throw this.failure("reading the state", parseTextErrors(stderr));
    return parseState(stdout);
  }

  /**
   * Runs a plan or an apply that reports its progress with `-json`. Where somebody else works with the state, it says who
   * and waits.
   *
   * @param phase what it does, e.g. `planning`
   * @param total how many changes there will be; 0 when that isn't known
   * @returns its exit code and all that it reported
   * @throws LandfallError when it reports an error
   */
  async run(phase: string, total: number, args: readonly string[]): Promise<Finished> {
    const first = await this.attempt(phase, total, args, "0");
    const held = first.errors.map(({ detail }) => parseStateLock(detail)).find((lock) => lock !== undefined);
    if (held === undefined) return this.succeeded(first);
    const seconds = process.env[LOCK_VARIABLE] ?? LOCK_SECONDS;
    if (!/^\d+$/.test(seconds))
      throw new LandfallError(`'${LOCK_VARIABLE}' must be a number of seconds, got: ${seconds}`);
    this.say(`waits up to ${seconds} s: the state is ${describeStateLock(held)}`);
    return this.succeeded(await this.attempt(phase, total, args, seconds));
  }

  private async attempt(
    phase: string,
    total: number,
    [command = "", ...args]: readonly string[],
    lockSeconds: string,
  ): Promise<Finished & { readonly errors: readonly Diagnostic[] }> {
    const progress = new Progress(phase, total, this.say);
    const events: UiEvent[] = [];
    const limits = [`-lock-timeout=${lockSeconds}s`, `-parallelism=${PARALLELISM}`];
    const code = await this.terraform.stream([command, ...limits, ...args], {
      cwd: this.folder.paths.work,
      env: this.env,
      file: this.stream,
      onLine: (line) => {
        const event = parseUiLine(line);
        if (event === undefined) return;
        events.push(event);
        if (!("address" in event && isRecordAddress(event.address))) progress.see(event);
      },
      onTick: () => progress.tick(),
    });
    const diagnostics = events.flatMap((event) => (event.type === "diagnostic" ? [event.diagnostic] : []));
    return { code, events, errors: diagnostics.filter(({ severity }) => severity === "error") };
  }

  private succeeded({
    code,
    events,
    errors,
  }: Finished & { readonly errors: readonly Diagnostic[] }): Finished {
    // With -detailed-exitcode, 2 says that there is something to change.
    if (errors.length > 0 || (code !== 0 && code !== 2)) throw this.failure(this.request.command, errors);
    return { code, events };
  }

  /** What to tell the user about errors that Terraform reports. */
  failure(what: string, diagnostics: readonly Diagnostic[]): LandfallError {
    const { request, synthesis, instance } = this;
    const context: FailureContext = {
      zone: request.zone,
      stack: request.stack,
      log: relative(request.root, this.log),
      sourceLines: (address) => request.sourceLines(synthesis.folder, instance.name, address),
    };
    const error = explainFailure(`${this.label}  ${what}`, diagnostics, context);
    const whole = diagnostics.map(({ summary, detail }) => `${summary}\n${detail}\n`);
    appendFileSync(this.log, [error.message, ...whole].join("\n"));
    return error;
  }
}

async function findEmulated(root: string, zone: string): Promise<EmulatedBy> {
  const emulator: Emulator = await findEmulator(root, zone);
  return { emulator, limits: readLimits(join(root, emulator.limits)) };
}

/** What tells an instance from the others of its stack. */
function placeOf({ account, region }: Instance, all: readonly Instance[]): string {
  const differ = (key: "account" | "region") => new Set(all.map((instance) => instance[key])).size > 1;
  return [...(differ("account") ? [account] : []), ...(differ("region") ? [region] : [])]
    .map((part) => ` ${part}`)
    .join("");
}
