import { DeleteEventSourceMappingCommand, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import {
  type BatchResult,
  type Emulator,
  type FunctionRunner,
  type FunctionRunnerOptions,
  startEmulator,
  startFunctionRunner,
} from "@landfall/local";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { clientsOf, deployFunction, type DeployedWorkload, type FunctionSettings } from "./deploy-function";

const VENV = resolve(__dirname, "../../../../dist/local/venv");
const PATIENCE_MS = 30_000;

/** Does what the body of each message says, and logs what the tests look at. */
export const OBEDIENT = `
const state = { calls: 0 };
const sleep = (ms) => new Promise((settle) => setTimeout(settle, ms));
exports.handler = async (event, context) => {
  state.calls += 1;
  const startedAt = Date.now();
  const failures = [];
  for (const record of event.Records) {
    const order = JSON.parse(record.body);
    if (order.fail) failures.push({ itemIdentifier: record.messageId });
    if (order.sleep) await sleep(order.sleep);
    if (order.hang) for (;;);
    if (order.exit) process.exit(3);
    if (order.throw) throw new TypeError("no such order");
    if (order.print) console.log(order.print);
    for (let line = 0; line < (order.lines ?? 0); line += 1) console.log(JSON.stringify({ line }));
    if (order.exitSoon) setTimeout(() => process.exit(4), 50);
    if (order.segment) {
      const [, root] = /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID);
      const [host, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(":");
      const body = JSON.stringify({ trace_id: root, id: "0123456789abcdef", name: order.segment });
      const socket = require("node:dgram").createSocket("udp4");
      await new Promise((settle) =>
        socket.send('{"format": "json", "version": 1}\\n' + body, Number(port), host, settle));
      socket.close();
      await sleep(50);
    }
  }
  console.log(JSON.stringify({ kind: "call", calls: state.calls, pid: process.pid, startedAt, endedAt: Date.now(),
    remaining: context.getRemainingTimeInMillis(), context, env: process.env, records: event.Records }));
  return { batchItemFailures: failures };
};`;

/** What a call of it logs. */
export interface Call {
  readonly kind: "call";
  readonly calls: number;
  readonly pid: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly remaining: number;
  readonly context: Record<string, unknown>;
  readonly env: Record<string, string>;
  readonly records: { body: string; attributes: Record<string, string> }[];
}

/** An emulator for a whole file of tests, and a runner for each test. */
export class RunnerBench {
  readonly root = mkdtempSync(join(tmpdir(), "landfall-runner-"));
  results: BatchResult[] = [];
  private opened: Emulator | undefined;
  private runner: FunctionRunner | undefined;

  get emulator(): Emulator {
    if (!this.opened) throw new Error("The emulator has not started");
    return this.opened;
  }

  async open(): Promise<void> {
    this.opened = await startEmulator({
      root: this.root,
      venv: VENV,
      region: "eu-west-1",
      account: "123456789012",
    });
  }

  async close(): Promise<void> {
    await this.opened?.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Ends the runner and takes the mappings away, so that the next test polls nothing of this one. */
  async reset(): Promise<void> {
    await this.runner?.stop();
    this.results = [];
    const { lambda } = clientsOf(this.emulator);
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
    for (const { UUID } of EventSourceMappings)
      await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  }

  deploy(settings: Omit<FunctionSettings, "code"> & { readonly code?: string }): Promise<DeployedWorkload> {
    return deployFunction(this.emulator, { code: OBEDIENT, ...settings });
  }

  async start(options: Partial<FunctionRunnerOptions> = {}): Promise<FunctionRunner> {
    this.runner = await startFunctionRunner({
      ...this.emulator,
      folder: join(this.root, "functions"),
      log: () => undefined,
      onInvocation: (result) => this.results.push(result),
      ...options,
    });
    return this.runner;
  }

  async send({ queueUrl }: DeployedWorkload, ...orders: object[]): Promise<void> {
    const { sqs } = clientsOf(this.emulator);
    for (const order of orders) {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(order) }));
    }
  }

  /** Messages that can be received now. */
  async receive(queueUrl: string): Promise<unknown[]> {
    const { sqs } = clientsOf(this.emulator);
    const request = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(request));
    return Messages.map(({ Body = "" }) => JSON.parse(Body) as unknown);
  }

  async until(what: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!what()) {
      if (Date.now() > deadline)
        throw new Error(`Waited in vain, with results ${JSON.stringify(this.results)}`);
      await new Promise((settle) => setTimeout(settle, 20));
    }
  }

  /** What the calls have logged, in the order of their ends. */
  calls(): Call[] {
    const logs = this.results.flatMap((result) => result.logs);
    return logs.filter((log) => log["kind"] === "call") as unknown as Call[];
  }
}
