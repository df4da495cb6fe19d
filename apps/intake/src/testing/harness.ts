import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type SQSBatchResponse } from "aws-lambda";
import { FakeAws, type Fault } from "./fake-aws";
import { announce, lambdaContext, sqsEvent } from "./samples";

/** A line of JSON that the function wrote, or a segment that it sent to X-Ray. */
export type Line = Record<string, unknown>;

export const maxDocumentBytes = 1000;

export interface BatchOptions {
  /** The trace that each message comes from. @default none */
  readonly traceHeader?: string;
  /** Milliseconds until the function times out, asked anew each time. @default always 30,000 */
  readonly remaining?: () => number;
}

/**
 * Runs the exported handler as Lambda would: with its environment, its real AWS clients and real Powertools, against
 * an AWS in this process.
 */
class Harness {
  readonly aws = new FakeAws();
  /** What was sent to X-Ray since the last reset. */
  readonly segments: Line[] = [];
  private readonly xray = createSocket("udp4");
  private written: string[] = [];

  async start(): Promise<void> {
    await this.aws.start();
    this.xray.on("message", (datagram) => {
      this.segments.push(JSON.parse(datagram.toString().split("\n")[1] ?? "{}") as Line);
    });
    this.xray.bind(0, "127.0.0.1");
    await once(this.xray, "listening");
    // What the developer has set for other AWS work, such as a profile, must not reach the function.
    for (const name of Object.keys(process.env))
      if (/^(AWS|POWERTOOLS)_/.test(name)) delete process.env[name];
    Object.assign(process.env, {
      CATALOGUE_TABLE: "catalogue",
      IDEMPOTENCY_TABLE: "idempotency",
      QUARANTINE_PREFIX: "quarantine/",
      DEAD_LETTER_QUEUE_URL: `${this.aws.endpoint}/123456789012/intake-dlq`,
      MAX_DOCUMENT_BYTES: String(maxDocumentBytes),
      POWERTOOLS_SERVICE_NAME: "intake",
      POWERTOOLS_METRICS_NAMESPACE: "Landfall",
      POWERTOOLS_LOG_LEVEL: "INFO",
      POWERTOOLS_TRACER_CAPTURE_RESPONSE: "false",
      AWS_ENDPOINT_URL: this.aws.endpoint,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_MAX_ATTEMPTS: "1",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      LAMBDA_TASK_ROOT: __dirname,
      AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${this.xray.address().port}`,
    });
    this.trace("1-5759e988-000000000000000000000000");
  }

  async stop(): Promise<void> {
    this.xray.close();
    await this.aws.stop();
  }

  /** Forgets what happened and captures what is written from now on; Jest's `restoreAllMocks` ends the capture. */
  reset(): void {
    this.aws.reset();
    this.segments.length = 0;
    this.written = [];
    jest.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      this.written.push(String(chunk));
      return true;
    });
  }

  /** Runs a batch; the keys are the message ids. Resolves to the ids of the failed records. */
  async handle(bodies: Readonly<Record<string, string>>, options: BatchOptions = {}): Promise<string[]> {
    const { handler } = await import("../catalogue.function");
    const event = sqsEvent(bodies, options.traceHeader);
    const { batchItemFailures }: SQSBatchResponse = await handler(event, lambdaContext(options.remaining));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  /** Puts an object into the bucket `inbox` and returns the message that announces it. */
  upload(key: string, content: string): string {
    this.aws.objects.set(`inbox/${key}`, Buffer.from(content));
    return announce({ key, size: Buffer.byteLength(content) });
  }

  fail(operation: Fault["operation"], about: string, code: string): void {
    this.aws.faults.push({ operation, about, code, status: 400 });
  }

  /** Makes `root` the trace of the invocations to come. */
  trace(root: string): void {
    process.env._X_AMZN_TRACE_ID = `Root=${root};Parent=557abcec3ee5a047;Sampled=1`;
  }

  /** Resolves once that many segments of a trace have arrived, to all of that trace. */
  async traced(root: string, atLeast: number): Promise<Line[]> {
    const ofTrace = () => this.segments.filter(({ trace_id }) => trace_id === root);
    while (ofTrace().length < atLeast) await once(this.xray, "message");
    return ofTrace();
  }

  lines(): Line[] {
    return this.written.map((line) => JSON.parse(line) as Line);
  }

  /** The log lines that report a record's outcome. */
  recordLines(): Line[] {
    return this.lines().filter((line) => "outcome" in line);
  }

  outcomes(): Record<string, unknown> {
    return Object.fromEntries(this.recordLines().map(({ messageId, outcome }) => [messageId, outcome]));
  }
}

/** Call it once in a test file, at the top: the function reads its environment once. */
export function useHarness(): Harness {
  const harness = new Harness();
  beforeAll(() => harness.start());
  beforeEach(() => harness.reset());
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => harness.stop());
  return harness;
}
