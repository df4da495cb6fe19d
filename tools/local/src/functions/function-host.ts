import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { type AwsAddress, type AwsClients } from "./aws-clients";
import { type InvocationEnd } from "./batch-outcome";
import { type DeployedFunction } from "./deployed-function";
import { type EnvironmentRun, ExecutionEnvironment } from "./execution-environment";
import { type FunctionFaults } from "./function-faults";
import { functionEnvironment, type RoleCredentials } from "./function-environment";
import { FunctionLogs } from "./function-logs";
import { readLog } from "./log-lines";
import { Slots } from "./slots";

/** One call of a function, as it is reported when it is over. */
export interface Invocation {
  /** The function's name. */
  readonly function: string;
  readonly requestId: string;
  /** e.g. `1-5759e988-bd862e3fe1be46a994272793` */
  readonly traceId: string;
  readonly coldStart: boolean;
  /** Start of the process and load of the code; undefined when it was warm. */
  readonly initMs: number | undefined;
  readonly durationMs: number;
  readonly end: InvocationEnd;
  /** Sums of the metrics it wrote, by name. */
  readonly metrics: Readonly<Record<string, number>>;
  /** The JSON lines it wrote. */
  readonly logs: readonly Readonly<Record<string, unknown>>[];
}

export interface FunctionHostOptions {
  readonly deployed: DeployedFunction;
  readonly codeFolder: string;
  /** Takes the log file `<function>.log`. */
  readonly folder: string;
  readonly clients: AwsClients;
  readonly address: AwsAddress;
  readonly traceAddress: string;
  /** At most so many invocations at once, whatever is reserved. */
  readonly maxConcurrency: number;
  readonly faults?: FunctionFaults | undefined;
  readonly log: (message: string) => void;
}

interface WarmEnvironment {
  readonly process: ExecutionEnvironment;
  readonly logStream: string;
}

/** Runs one deployed function: as many environments as its concurrency allows, kept warm, replaced when they fail. */
export class FunctionHost {
  /** Places for invocations: the function's reserved concurrency. */
  readonly slots: Slots;
  private readonly logs: FunctionLogs;
  private readonly all = new Set<ExecutionEnvironment>();
  private readonly idle: WarmEnvironment[] = [];
  private credentials: Promise<RoleCredentials> | undefined;
  private over = false;
  private invocations = 0;

  constructor(private readonly options: FunctionHostOptions) {
    const { deployed, folder, clients, maxConcurrency, log } = options;
    this.slots = new Slots(
      Math.max(1, Math.min(deployed.reservedConcurrency ?? maxConcurrency, maxConcurrency)),
    );
    this.logs = new FunctionLogs({
      client: clients.logs,
      logGroup: deployed.logGroup,
      file: join(folder, `${deployed.name}.log`),
      onProblem: log,
    });
  }

  get deployed(): DeployedFunction {
    return this.options.deployed;
  }

  /** Whether it was ended: an invocation that was under way then has no meaning. */
  get ended(): boolean {
    return this.over;
  }

  /** Process ids of its environments. */
  get pids(): number[] {
    return [...this.all].flatMap(({ pid, usable }) => (usable && pid !== undefined ? [pid] : []));
  }

  /** Calls the function; the caller holds one of its slots. Never rejects. */
  async invoke(event: unknown): Promise<Invocation> {
    const requestId = randomUUID();
    const traceId = newTraceId();
    const { run, logStream } = await this.run(event, requestId, traceId);
    const { metrics, logs } = readLog(run.lines);
    const invocation: Invocation = {
      function: this.deployed.name,
      requestId,
      traceId,
      coldStart: run.initMs !== undefined,
      initMs: run.initMs,
      durationMs: run.durationMs,
      end: run.end,
      metrics,
      logs,
    };
    await this.logs.write(logStream, this.withPlatformLines(invocation, run.lines));
    return invocation;
  }

  /** Ends every environment; what runs in them is lost, as the events that they were given are not. */
  async end(): Promise<void> {
    this.over = true;
    await Promise.all([...this.all].map((environment) => environment.end()));
  }

  private async run(
    event: unknown,
    requestId: string,
    traceId: string,
  ): Promise<{ run: EnvironmentRun; logStream: string }> {
    let environment: WarmEnvironment;
    try {
      environment = this.takeIdle() ?? (await this.create());
    } catch (error) {
      const end: InvocationEnd = { ok: false, error: `Init failed: ${String(error)}` };
      return { run: { end, lines: [], durationMs: 0, initMs: undefined }, logStream: newLogStream() };
    }
    const { process, logStream } = environment;
    const { name, arn, memoryMegabytes, logGroup, tracing } = this.deployed;
    this.invocations += 1;
    const kill = this.options.faults?.kill(name, this.invocations);
    const request = {
      event,
      traceHeader: `Root=${traceId};Parent=${randomBytes(8).toString("hex")};Sampled=${tracing ? 1 : 0}`,
      context: {
        awsRequestId: requestId,
        functionName: name,
        functionVersion: "$LATEST",
        invokedFunctionArn: arn,
        memoryLimitInMB: String(memoryMegabytes),
        logGroupName: logGroup,
        logStreamName: logStream,
      },
    };
    const run = await process.invoke(request, kill);
    this.idle.push(environment);
    return { run, logStream };
  }

  /** A warm environment; those that have timed out or crashed meanwhile are forgotten. */
  private takeIdle(): WarmEnvironment | undefined {
    let environment = this.idle.pop();
    while (environment && !environment.process.usable) {
      this.all.delete(environment.process);
      environment = this.idle.pop();
    }
    return environment;
  }

  private async create(): Promise<WarmEnvironment> {
    const { deployed, codeFolder, address, traceAddress } = this.options;
    const { region, endpoint } = address;
    const logStream = newLogStream();
    const credentials = await (this.credentials ??= this.assumeRole());
    if (this.over) throw new Error("the runner has stopped");
    const env = functionEnvironment({
      deployed,
      codeFolder,
      logStream,
      credentials,
      region,
      endpoint,
      traceAddress,
    });
    const { memoryMegabytes, timeoutSeconds } = deployed;
    const process = new ExecutionEnvironment({ codeFolder, env, memoryMegabytes, timeoutSeconds });
    this.all.add(process);
    return { process, logStream };
  }

  private async assumeRole(): Promise<RoleCredentials> {
    const { roleArn, name } = this.deployed;
    const { Credentials: given } = await this.options.clients.sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: name.slice(0, 64) }),
    );
    return {
      accessKeyId: given?.AccessKeyId ?? "",
      secretAccessKey: given?.SecretAccessKey ?? "",
      sessionToken: given?.SessionToken ?? "",
    };
  }

  private withPlatformLines(invocation: Invocation, lines: readonly string[]): string[] {
    const { requestId, traceId, durationMs, initMs, end } = invocation;
    const { memoryMegabytes } = this.deployed;
    const report = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${durationMs.toFixed(2)} ms`,
      `Memory Size: ${memoryMegabytes} MB`,
      ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
      `XRAY TraceId: ${traceId}`,
    ];
    return [
      `START RequestId: ${requestId} Version: $LATEST`,
      ...lines,
      ...(end.ok ? [] : [`${new Date().toISOString()} ${requestId} ${end.error}`]),
      `END RequestId: ${requestId}`,
      report.join("\t"),
    ];
  }
}

/** @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids */
const newTraceId = (): string =>
  `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;

const newLogStream = (): string =>
  `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomBytes(16).toString("hex")}`;
