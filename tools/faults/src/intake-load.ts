import { setTimeout as delay } from "node:timers/promises";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import {
  type BatchResult,
  type Emulator,
  endFaults,
  type FaultCounts,
  type FunctionFaults,
  type FunctionRunner,
  injectFaults,
  startFunctionRunner,
} from "@landfall/local";
import { attributesOf, clientConfig } from "./deploy-stack";
import { type Mix, type Planned, planUploads } from "./documents";
import { seededFor } from "./seeded";
import { type Arguments, type SynthesizedStack } from "./synthesized";
import { judge, type Observed, type Verdict } from "./verdict";

export interface LoadOptions extends Mix {
  /** Share of invocations whose process is killed in the middle of its batch, 0 to 1. */
  readonly killed: number;
  /** Share of the calls to S3, DynamoDB and SQS that are refused, 0 to 1. */
  readonly refused: number;
  /** Share of them that are made, but not answered, 0 to 1. */
  readonly unanswered: number;
  /** Takes the unpacked code and the logs. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Seconds until the work must be done. @default 60, and 1 for every 4 events */
  readonly timeoutSeconds?: number;
}

/** What came of a run. */
export interface LoadReport {
  readonly verdict: Verdict;
  readonly invocations: number;
  /** Processes that were killed in the middle of a batch. */
  readonly kills: number;
  /** Records that a failed batch brought back, in all. */
  readonly retried: number;
  /** Dead letters without a reason that were sent through again. */
  readonly redriven: number;
  readonly calls: FaultCounts;
  readonly seconds: number;
}

const UPLOADS_AT_ONCE = 6;
/** Uploads wait while so many documents are not seen by the function yet: a long queue makes the emulator slow. */
const BACKLOG = 400;
const REDRIVE_ROUNDS = 5;
/** A dead letter that was read is not read again for so long. */
const READING_SECONDS = 120;

/** Where the documents go and come out. */
interface Places {
  readonly bucket: string;
  readonly table: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly functionTimeoutSeconds: number;
}

/**
 * Sends documents through the deployed app `intake` while its function is killed and the emulator refuses calls, then
 * reads back what became of each. Dead letters without a reason were given up by SQS: they are sent through again, as the
 * person on duty would do.
 */
export async function loadIntake(
  emulator: Emulator,
  stack: SynthesizedStack,
  options: LoadOptions,
): Promise<LoadReport> {
  const from = performance.now();
  const load = new IntakeLoad(emulator, placesOf(emulator, stack), options);
  return { ...(await load.run()), seconds: (performance.now() - from) / 1000 };
}

class IntakeLoad {
  private readonly s3;
  private readonly sqs;
  private readonly dynamoDb;
  private readonly said = new Map<string, number>();
  private readonly seen = new Set<string>();
  /** Reasons of the dead letters, by the object's key and the message's id. */
  private readonly reasons = new Map<string, Map<string, string | undefined>>();
  private readonly errors = new Set<string>();
  private invocations = 0;
  private kills = 0;
  private retried = 0;

  constructor(
    private readonly emulator: Emulator,
    private readonly places: Places,
    private readonly options: LoadOptions,
  ) {
    // Whoever sends tries again until it is taken; what is measured is what becomes of what was taken.
    const config = { ...clientConfig(emulator), maxAttempts: 10 };
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.sqs = new SQSClient(config);
    this.dynamoDb = new DynamoDBClient(config);
  }

  async run(): Promise<Omit<LoadReport, "seconds">> {
    const { options, emulator } = this;
    const { seed, refused, unanswered, events, timeoutSeconds = 60 + events / 4 } = options;
    const planned = planUploads(options);
    const deadline = Date.now() + timeoutSeconds * 1000;
    const runner = await startFunctionRunner({
      ...emulator,
      folder: options.folder,
      log: () => undefined,
      onInvocation: (result) => this.note(result),
      // A killed function leaves its document marked as being worked on for as long as it could have run.
      retryDelaySeconds: this.places.functionTimeoutSeconds + 1,
      faults: killing(options),
    });
    try {
      const share = { refused, unanswered };
      await injectFaults(emulator, { seed, services: { s3: share, dynamodb: share, sqs: share } });
      await this.upload(planned);
      const late = await this.untilIdle(runner, deadline);
      if (late) options.say("The time is up before the queue is empty");
      const calls = await endFaults(emulator);
      const redriven = await this.redrive(runner, deadline);
      const { invocations, kills, retried } = this;
      const verdict = judge(planned, await this.observe());
      return { verdict, invocations, kills, retried, redriven, calls };
    } finally {
      await endFaults(emulator);
      await runner.stop();
      for (const client of [this.s3, this.sqs, this.dynamoDb]) client.destroy();
    }
  }

  private note({ logs, error, failures }: BatchResult): void {
    this.invocations += 1;
    if (error !== undefined && !this.errors.has(error)) this.options.say(`The function failed: ${error}`);
    if (error !== undefined) this.errors.add(error);
    this.retried += failures;
    if (error?.includes("SIGKILL")) this.kills += 1;
    for (const { outcome, digest, key } of logs) {
      if (typeof key === "string") this.seen.add(key);
      if (outcome === "catalogued" && typeof digest === "string")
        this.said.set(digest, (this.said.get(digest) ?? 0) + 1);
    }
  }

  private async upload(planned: readonly Planned[]): Promise<void> {
    let next = 0;
    let uploaded = 0;
    const every = Math.max(1, Math.round(planned.length / 10));
    const keys = new Set<string>();
    const work = async (): Promise<void> => {
      for (let each = planned[next++]; each !== undefined; each = planned[next++]) {
        const { key, body } = each;
        keys.add(key);
        while (keys.size - this.seen.size > BACKLOG) await delay(100);
        await this.s3.send(new PutObjectCommand({ Bucket: this.places.bucket, Key: key, Body: body }));
        uploaded += 1;
        if (uploaded % every === 0) this.options.say(`${uploaded} of ${planned.length} documents uploaded`);
      }
    };
    await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
  }

  /** @returns whether the time was up */
  private async untilIdle(runner: FunctionRunner, deadline: number): Promise<boolean> {
    while (Date.now() < deadline) {
      // Asking is a call too, which may be refused.
      const idle = await runner.idle({ timeoutSeconds: 5 }).catch(() => false);
      if (idle) return false;
    }
    return true;
  }

  /** Sends dead letters without a reason through again, until there are none. */
  private async redrive(runner: FunctionRunner, deadline: number): Promise<number> {
    let redriven = 0;
    for (let round = 0; round < REDRIVE_ROUNDS; round += 1) {
      const moved = await this.deadLetters(async ({ Body, ReceiptHandle }, reason) => {
        if (reason !== undefined) return false;
        await this.sqs.send(new SendMessageCommand({ QueueUrl: this.places.queueUrl, MessageBody: Body }));
        const QueueUrl = this.places.deadLetterQueueUrl;
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        return true;
      });
      if (moved === 0) break;
      redriven += moved;
      await this.untilIdle(runner, deadline);
    }
    return redriven;
  }

  /**
   * Reads every dead letter that can be received; each is remembered by its id, unless it is moved away.
   *
   * @returns how many were moved away
   */
  private async deadLetters(
    move: (message: Message, reason: string | undefined) => Promise<boolean>,
  ): Promise<number> {
    let moved = 0;
    for (;;) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.places.deadLetterQueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: READING_SECONDS,
          MessageAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) return moved;
      for (const message of Messages) {
        const reason = message.MessageAttributes?.["reason"]?.StringValue;
        if (await move(message, reason)) moved += 1;
        else this.remember(message, reason);
      }
    }
  }

  private remember({ Body = "{}", MessageId = "" }: Message, reason: string | undefined): void {
    const { detail } = JSON.parse(Body) as { detail?: { object?: { key?: string } } };
    const key = detail?.object?.key ?? "";
    this.reasons.set(key, (this.reasons.get(key) ?? new Map<string, string>()).set(MessageId, reason));
  }

  private async observe(): Promise<Observed> {
    await this.deadLetters(async () => false);
    const rows = new Map<string, number>();
    for await (const page of paginateScan({ client: this.dynamoDb }, { TableName: this.places.table })) {
      for (const item of page.Items ?? []) {
        const digest = item["digest"]?.S ?? "";
        rows.set(digest, (rows.get(digest) ?? 0) + 1);
      }
    }
    const deadLetters = new Map([...this.reasons].map(([key, reasons]) => [key, [...reasons.values()]]));
    return { rows, deadLetters, said: this.said };
  }
}

/** Kills by function and invocation, so that a run can be repeated: after some of a batch's lines, and some milliseconds. */
const killing = ({ seed, killed }: LoadOptions): FunctionFaults => ({
  kill: (name, number) => {
    const random = seededFor(seed, name, number);
    if (random() >= killed) return undefined;
    return { afterLines: Math.floor(random() * 9), afterMilliseconds: Math.floor(random() * 20) };
  },
});

function placesOf(emulator: Emulator, { resources }: SynthesizedStack): Places {
  const attributes = attributesOf(emulator);
  const find = (type: string, id: RegExp): Arguments => {
    const [found] = Object.entries(resources[type] ?? {}).filter(([name]) => id.test(name));
    if (!found) throw new Error(`The stack has no ${type} ${id.source}`);
    return found[1];
  };
  const url = (id: RegExp) => attributes("aws_sqs_queue", find("aws_sqs_queue", id))["url"] ?? "";
  return {
    bucket: String(find("aws_s3_bucket", /^Documents_[^_]+$/)["bucket"]),
    table: String(find("aws_dynamodb_table", /^Catalogue_[^_]+$/)["name"]),
    queueUrl: url(/^DocumentsQueue_[^_]+$/),
    deadLetterQueueUrl: url(/^DocumentsQueue_DeadLetters_/),
    functionTimeoutSeconds: Number(find("aws_lambda_function", /^CatalogueFunction_/)["timeout"]),
  };
}
