import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type DeployResult,
  describeToolchain,
  findToolchain,
  type Instance,
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
import { runRegions, type RunningRegions } from "../running-regions";
import { runNx } from "./nx";

/** The workspace's root. */
export const ROOT = resolve(__dirname, "../../../..");

/** The zone that `npm start` and `npm run local` deploy. */
const ZONE = "local";

/** How many stacks are worked on at once: they mostly wait for the provider, which waits for AWS to settle. */
const PARALLEL = 3;

const RETRY_DELAY_SECONDS = 1;

export interface LocalZoneOptions {
  /** Given one line at a time. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** @default a free one */
  readonly port?: number;
  /** An emulated zone. @default "local" */
  readonly zone?: string;
  /** A workspace: each has one emulator at a time. @default this one */
  readonly root?: string;
}

/** An emulated zone, on an emulator that is started empty and ends with it. */
export class LocalZone {
  private started: Emulator | undefined;
  private running: RunningRegions | undefined;

  /** Its name. */
  readonly name: string;
  private readonly root: string;

  private constructor(
    /** What was found on this machine, one line each. */
    readonly tools: readonly string[],
    private readonly moto: Moto,
    private readonly options: LocalZoneOptions,
  ) {
    this.name = options.zone ?? ZONE;
    this.root = options.root ?? ROOT;
  }

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

  /** The zone's regions, its home first. */
  get regions(): readonly string[] {
    const { home, instances } = this.synthesis();
    return [...new Set([home, ...instances.map(({ region }) => region)])];
  }

  /** Synthesizes every stack. */
  synth(): Promise<void> {
    return this.quietly((onLine) => this.nx("synth", onLine, withoutAws(process.env)));
  }

  /** Starts the emulator for the zone as it was synthesized: its account, its home region. */
  async start(): Promise<void> {
    const { signal, port } = this.options;
    signal.throwIfAborted();
    const { home, instances } = this.synthesis();
    this.started = await startEmulator({
      root: this.root,
      region: home,
      account: instances[0]?.accountId ?? "",
      moto: this.moto,
      ...(port === undefined ? {} : { port }),
    });
  }

  /** Deploys every stack, each after those whose contracts it imports. */
  async deploy(): Promise<DeployResult[]> {
    await this.nx("deploy", this.options.say);
    return this.results<DeployResult>("deployResult");
  }

  /** Deploys one stack, after those that it needs. */
  deployFor(stack: string): Promise<void> {
    return this.nx("deploy", this.options.say, emulatorEnvironment(this.emulator), [`--projects=${stack}`]);
  }

  /** Plans every stack again, also what has not changed since: nothing is expected. */
  async plan(): Promise<PlanResult[]> {
    // Everything: what has not changed since its deploy would not be planned.
    const env = { ...emulatorEnvironment(this.emulator), LANDFALL_CUTOFF: "off" };
    await this.quietly((onLine) => this.nx("plan", onLine, env));
    return this.results<PlanResult>("planResult");
  }

  /** Destroys every stack, each before those whose contracts it imports. */
  destroy(): Promise<void> {
    return this.nx("destroy", this.options.say);
  }

  /**
   * Runs the deployed functions and answers in the place of the load balancers from now on, in every region.
   *
   * @param retryDelaySeconds until a failed record is tried again. @default 1: a laptop has no use for Lambda's minutes
   */
  async run(
    onInvocation: (result: BatchResult, region: string) => void = () => undefined,
    retryDelaySeconds = RETRY_DELAY_SECONDS,
  ): Promise<RunningRegions> {
    this.running = await runRegions({
      address: this.emulator,
      regions: this.regions,
      folder: join(this.root, "dist", "local", "functions"),
      log: this.options.say,
      onInvocation,
      retryDelaySeconds,
    });
    return this.running;
  }

  /** Ends the functions and the emulator. */
  async close(): Promise<void> {
    await this.running?.stop();
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
    more: readonly string[] = [],
  ): Promise<void> {
    return runNx({
      root: this.root,
      args: [
        "run-many",
        "-t",
        target,
        `--configuration=${this.name}`,
        `--parallel=${PARALLEL}`,
        "--outputStyle=stream-without-prefixes",
        ...more,
      ],
      env,
      onLine,
      signal: this.options.signal,
    });
  }

  /** The home region, and every instance of every stack. */
  private synthesis(): { readonly home: string; readonly instances: readonly Instance[] } {
    const stacks = stacksIn(this.root).map((stack) => readSynthesis(this.root, this.name, stack));
    return {
      home: stacks[0]?.zone.regions.home ?? "",
      instances: stacks.flatMap(({ instances }) => instances),
    };
  }

  /** What the last command wrote, of every instance that it reached. */
  private results<Result>(file: "deployResult" | "planResult"): Result[] {
    return this.synthesis()
      .instances.map((instance) => pathsOf(this.root, this.name, instance)[file])
      .filter((path) => existsSync(path))
      .map((path) => JSON.parse(readFileSync(path, "utf8")) as Result);
  }
}
