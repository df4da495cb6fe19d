import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type DeployResult,
  describeToolchain,
  findToolchain,
  pathsOf,
  type PlanResult,
  readSynthesis,
  stacksIn,
} from "@landfall/nx-terraform";
import { emulatorEnvironment, withoutAws } from "../emulator/emulator-environment";
import { type Moto } from "../emulator/find-moto";
import { requireMoto } from "../emulator/require-moto";
import { type Emulator, startEmulator } from "../emulator/start-emulator";
import { type BatchResult } from "../functions/event-source";
import { type FunctionRunner, startFunctionRunner } from "../functions/function-runner";
import { runNx } from "./nx";

/** The workspace's root. */
export const ROOT = resolve(__dirname, "../../../..");

/** The name of the zone that runs here. */
export const ZONE = "local";

/** How many stacks are worked on at once: they mostly wait for the provider, which waits for AWS to settle. */
const PARALLEL = 3;

/** Seconds until a failed message is tried again: a laptop has no use for Lambda's minutes. */
const RETRY_DELAY_SECONDS = 1;

export interface LocalZoneOptions {
  /** Given one line at a time. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** @default a free one */
  readonly port?: number;
}

/** The zone `local`, on an emulator that is started empty and ends with it. */
export class LocalZone {
  private started: Emulator | undefined;
  private runner: FunctionRunner | undefined;

  private constructor(
    /** What was found on this machine, one line each. */
    readonly tools: readonly string[],
    private readonly moto: Moto,
    private readonly options: LocalZoneOptions,
  ) {}

  /**
   * Finds the tools, or installs them.
   *
   * @throws LandfallError naming the tool that is missing and the next step
   */
  static async open(options: LocalZoneOptions): Promise<LocalZone> {
    const toolchain = await findToolchain(ROOT);
    const moto = await requireMoto(ROOT, { onProgress: options.say });
    const tools = [
      `Node.js ${process.versions.node}`,
      ...describeToolchain(toolchain),
      `moto ${moto.version} (${moto.source})`,
    ];
    return new LocalZone(tools, moto, options);
  }

  /** @throws Error before {@link LocalZone.start} */
  get emulator(): Emulator {
    if (this.started === undefined) throw new Error("the local zone's emulator is not started");
    return this.started;
  }

  /** Synthesizes every stack. */
  synth(): Promise<void> {
    return this.quietly((onLine) => this.nx("synth", onLine, withoutAws(process.env)));
  }

  /** Starts the emulator for the zone as it was synthesized: its account, its home region. */
  async start(): Promise<void> {
    const { signal, port } = this.options;
    signal.throwIfAborted();
    const [stack = ""] = stacksIn(ROOT);
    const { zone, instances } = readSynthesis(ROOT, ZONE, stack);
    this.started = await startEmulator({
      root: ROOT,
      region: zone.regions.home,
      account: instances[0]?.accountId ?? "",
      moto: this.moto,
      ...(port === undefined ? {} : { port }),
    });
  }

  /** Deploys every stack, each after those whose contracts it imports. */
  async deploy(): Promise<DeployResult[]> {
    await this.nx("deploy", this.options.say);
    return results<DeployResult>("deployResult");
  }

  /** Plans every stack again: nothing is expected. */
  async plan(): Promise<PlanResult[]> {
    await this.quietly((onLine) => this.nx("plan", onLine));
    return results<PlanResult>("planResult");
  }

  /** Destroys every stack, each before those whose contracts it imports. */
  destroy(): Promise<void> {
    return this.nx("destroy", this.options.say);
  }

  /** Runs the deployed functions from now on. */
  async runFunctions(onInvocation: (result: BatchResult) => void): Promise<FunctionRunner> {
    const { endpoint, region, env } = this.emulator;
    this.runner = await startFunctionRunner({
      endpoint,
      region,
      env,
      folder: join(ROOT, "dist", "local", "functions"),
      log: this.options.say,
      onInvocation,
      retryDelaySeconds: RETRY_DELAY_SECONDS,
    });
    return this.runner;
  }

  /** Ends the functions and the emulator. */
  async close(): Promise<void> {
    await this.runner?.stop();
    await this.started?.stop();
  }

  /** Keeps what tasks say to itself, unless one fails: then each line is said once, whichever stacks it came from. */
  private async quietly(run: (onLine: (line: string) => void) => Promise<void>): Promise<void> {
    const lines = new Set<string>();
    try {
      await run((line) => lines.add(line));
    } catch (error) {
      for (const line of lines) this.options.say(line);
      throw error;
    }
  }

  private nx(
    target: string,
    onLine: (line: string) => void,
    env: Readonly<Record<string, string>> = emulatorEnvironment(this.emulator),
  ): Promise<void> {
    return runNx({
      root: ROOT,
      args: [
        "run-many",
        "-t",
        target,
        `--configuration=${ZONE}`,
        `--parallel=${PARALLEL}`,
        "--outputStyle=stream-without-prefixes",
      ],
      env,
      onLine,
      signal: this.options.signal,
    });
  }
}

/** What the last command wrote, of every instance that it reached. */
function results<Result>(file: "deployResult" | "planResult"): Result[] {
  return stacksIn(ROOT)
    .flatMap((stack) => readSynthesis(ROOT, ZONE, stack).instances)
    .map((instance) => pathsOf(ROOT, ZONE, instance)[file])
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, "utf8")) as Result);
}
