import { setTimeout as delay } from "node:timers/promises";
import {
  type EventSourceMappingConfiguration,
  paginateListEventSourceMappings,
} from "@aws-sdk/client-lambda";
import { LandfallError } from "@landfall/core";
import { type AwsAddress, awsClients } from "./aws-clients";
import { downloadCode, readDeployedFunction } from "./deployed-function";
import { type BatchResult, type EventSource, type EventSourceFactory } from "./event-source";
import { type FunctionFaults } from "./function-faults";
import { FunctionHost, type Invocation } from "./function-host";
import { sqsSource } from "./sqs-source";
import { streamSource } from "./stream-source";
import { collectTraces, type TraceSegment } from "./trace-collector";

export interface FunctionRunnerOptions extends AwsAddress {
  /** Takes the unpacked code and the logs, e.g. `dist/local/functions`. */
  readonly folder: string;
  /** Told what a person should know, one line at a time. */
  readonly log: (message: string) => void;
  /** Told of every batch, when it is over. */
  readonly onInvocation: (result: BatchResult) => void;
  /** Seconds until a failed record is tried again. @default the queue's visibility timeout */
  readonly retryDelaySeconds?: number;
  /** Invocations of one function at once, at the most; fewer where fewer are reserved. @default 4 */
  readonly maxConcurrency?: number;
  /** Seconds between looks for changed functions and mappings. @default 5 */
  readonly refreshSeconds?: number;
  /** Kills functions in the middle of their work. @default none is killed */
  readonly faults?: FunctionFaults;
}

export interface IdleOptions {
  /** @default 60 */
  readonly timeoutSeconds?: number;
}

/** Runs the functions that are deployed, fed by their event source mappings. */
export interface FunctionRunner {
  /** Node.js that runs the functions, e.g. `20.20.2`. */
  readonly nodeVersion: string;
  /** Names of the functions that run. */
  functions(): string[];
  /** Process ids of the functions' environments. */
  pids(): number[];
  /** What a trace holds, e.g. to show where time went. */
  segments(traceId: string): readonly TraceSegment[];
  /**
   * Calls a function at once, as a load balancer does, and waits for its end. The function needs no mapping.
   *
   * @param arn without a version or an alias
   * @throws LandfallError when there is no such function, or it is of a kind that can't run here
   */
  invoke(arn: string, event: unknown): Promise<Invocation>;
  /** Looks for changed functions and mappings now. */
  refresh(): Promise<void>;
  /** Waits until no source has anything waiting or being worked on. @returns false when that took too long */
  idle(options?: IdleOptions): Promise<boolean>;
  /** Ends the polling and every process of a function; takes up to two seconds. May be called more than once. */
  stop(): Promise<void>;
}

/** The kinds of event source that can feed a function here. */
const FACTORIES: readonly EventSourceFactory[] = [sqsSource, streamSource];
const IDLE_CHECK_MS = 250;

/** A function that runs, with everything that feeds it. */
interface Running {
  /** Changes with the function and with its mappings. */
  readonly revision: string;
  readonly host: FunctionHost;
  readonly sources: readonly EventSource[];
  /** Direct calls that are under way. */
  readonly calls: Set<Promise<unknown>>;
}

/**
 * Reads the event source mappings and their functions back from the AWS API and runs what is deployed: the very zip,
 * in a process of its own, with its configured environment, role, timeout, memory and concurrency.
 *
 * A mapping that can't be run here is named in the log, once, and left alone.
 */
export async function startFunctionRunner(options: FunctionRunnerOptions): Promise<FunctionRunner> {
  const runner = new Runner(options, await collectTraces());
  await runner.refresh();
  runner.keepFresh();
  return runner;
}

class Runner implements FunctionRunner {
  readonly nodeVersion = process.versions.node;
  private readonly clients;
  private readonly running = new Map<string, Running>();
  /** Functions that were called directly: they run without a mapping. */
  private readonly called = new Set<string>();
  private readonly positions = new Map<string, string>();
  private readonly said = new Set<string>();
  private refreshing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly options: FunctionRunnerOptions,
    private readonly traces: Awaited<ReturnType<typeof collectTraces>>,
  ) {
    this.clients = awsClients(options);
  }

  functions(): string[] {
    return [...new Set([...this.running.values()].map(({ host }) => host.deployed.name))].sort();
  }

  pids(): number[] {
    return [...this.running.values()].flatMap(({ host }) => host.pids);
  }

  segments(traceId: string): readonly TraceSegment[] {
    return this.traces.segments(traceId);
  }

  async invoke(arn: string, event: unknown): Promise<Invocation> {
    const running = this.running.get(arn) ?? (await this.take(arn));
    const { host, calls } = running;
    const work = host.slots.take().then((release) => host.invoke(event).finally(release));
    calls.add(work);
    const invocation = await work.finally(() => calls.delete(work));
    const { end } = invocation;
    const failed = end.ok ? { failures: 0 } : { failures: 1, error: end.error };
    if (!host.ended) this.options.onInvocation({ ...invocation, records: 1, ...failed });
    return invocation;
  }

  /** Starts a function that no mapping feeds. */
  private async take(arn: string): Promise<Running> {
    this.called.add(arn);
    await this.refresh();
    const running = this.running.get(arn);
    if (running) return running;
    this.called.delete(arn);
    throw new LandfallError(`The function ${arn} can't be called here`);
  }

  keepFresh(): void {
    const refresh = (): void =>
      void this.refresh().catch((error: unknown) =>
        this.sayOnce(`Looking for changed functions failed: ${messageOf(error)}`),
      );
    this.timer = setInterval(refresh, (this.options.refreshSeconds ?? 5) * 1000).unref();
  }

  refresh(): Promise<void> {
    this.refreshing = this.refreshing.catch(() => undefined).then(() => this.refreshNow());
    return this.refreshing;
  }

  async idle({ timeoutSeconds = 60 }: IdleOptions = {}): Promise<boolean> {
    const deadline = Date.now() + timeoutSeconds * 1000;
    while (Date.now() < deadline) {
      const sources = [...this.running.values()].flatMap((running) => running.sources);
      const pending = await Promise.all(sources.map((source) => source.pending()));
      const calls = [...this.running.values()].reduce((sum, running) => sum + running.calls.size, 0);
      if (calls === 0 && pending.every((count) => count === 0)) return true;
      await delay(IDLE_CHECK_MS);
    }
    return false;
  }

  stop(): Promise<void> {
    return (this.stopped ??= this.stopNow());
  }

  private async stopNow(): Promise<void> {
    clearInterval(this.timer);
    await this.refreshing.catch(() => undefined);
    await Promise.all([...this.running.values()].map(({ host }) => host.end()));
    await Promise.all([...this.running.keys()].map((arn) => this.retire(arn)));
    await this.traces.stop();
    this.clients.destroy();
  }

  private async refreshNow(): Promise<void> {
    if (this.stopped) return;
    const mappings = await this.enabledMappings();
    for (const arn of this.called) if (!mappings.has(arn)) mappings.set(arn, []);
    const gone = [...this.running.keys()].filter((arn) => !mappings.has(arn));
    await Promise.all(gone.map((arn) => this.retire(arn)));
    for (const [arn, ofFunction] of mappings) {
      await this.follow(arn, ofFunction).catch((error: unknown) =>
        this.sayOnce(`Not run here: ${messageOf(error)}`),
      );
    }
  }

  /** By the function's ARN. */
  private async enabledMappings(): Promise<Map<string, EventSourceMappingConfiguration[]>> {
    const mappings = new Map<string, EventSourceMappingConfiguration[]>();
    for await (const page of paginateListEventSourceMappings({ client: this.clients.lambda }, {})) {
      for (const mapping of page.EventSourceMappings ?? []) {
        const arn = mapping.FunctionArn ?? "";
        if (mapping.State === "Enabled") mappings.set(arn, [...(mappings.get(arn) ?? []), mapping]);
      }
    }
    return mappings;
  }

  /** Starts a function, or replaces it when it has changed. */
  private async follow(arn: string, mappings: readonly EventSourceMappingConfiguration[]): Promise<void> {
    const { options, clients, traces } = this;
    const { folder, log, maxConcurrency = 4, faults } = options;
    const deployed = await readDeployedFunction(clients.lambda, arn);
    const revision = JSON.stringify([deployed.revision, mappings]);
    if (this.running.get(arn)?.revision === revision) return;
    const codeFolder = await downloadCode(deployed, folder);
    await this.retire(arn);
    const shared = { deployed, codeFolder, folder, clients, log, maxConcurrency, faults };
    const host = new FunctionHost({ ...shared, address: options, traceAddress: traces.address });
    this.running.set(arn, {
      revision,
      host,
      sources: mappings.flatMap((mapping) => this.feed(mapping, host)),
      calls: new Set(),
    });
    if (/\d+/.exec(deployed.runtime)?.[0] !== this.nodeVersion.split(".")[0]) {
      this.sayOnce(`Functions deployed for ${deployed.runtime} run on Node.js ${this.nodeVersion} here.`);
    }
  }

  private feed(mapping: EventSourceMappingConfiguration, host: FunctionHost): EventSource[] {
    const { clients, options, positions } = this;
    const { retryDelaySeconds, onInvocation: onBatch, log } = options;
    const shared = { mapping, host, clients, address: options, positions, retryDelaySeconds, onBatch, log };
    const made = FACTORIES.map((make) => make(shared)).filter((source) => source !== undefined);
    if (made.length === 0) {
      const why = "sources of its kind, or with its filter, can't be polled";
      this.sayOnce(`Not run here: ${mapping.EventSourceArn} for ${host.deployed.name}: ${why}`);
    }
    return made;
  }

  /** Lets a function finish what it works on, then ends it. */
  private async retire(arn: string): Promise<void> {
    const running = this.running.get(arn);
    this.running.delete(arn);
    await Promise.all(running?.sources.map((source) => source.stop()) ?? []);
    await Promise.allSettled(running?.calls ?? []);
    await running?.host.end();
  }

  private sayOnce(message: string): void {
    if (this.said.has(message)) return;
    this.said.add(message);
    this.options.log(message);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
