import { setTimeout as delay } from "node:timers/promises";
import { SendMessageCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { callJson } from "../api/aws-api";
import { batchOutcome, type InvocationEnd } from "./batch-outcome";
import { type EventPattern, matchesPattern } from "./event-pattern";
import { type EventSource, type EventSourceFactory, type EventSourceOptions } from "./event-source";
import { type Invocation } from "./function-host";
import { deliverInOrder, type GiveUpReason, type StreamPolicy, type StreamRecord } from "./stream-batch";

/** What Lambda's mapping has where it says nothing. */
const DEFAULT_BATCH_SIZE = 100;
const POLL_MS = 250;
const DEFAULT_RETRY_SECONDS = 1;
/** The longest wait for a batch to fill: a laptop has few records. */
const WINDOW_LIMIT_SECONDS = 1;
const PAUSE_AFTER_ERROR_MS = 1000;

interface Page {
  readonly Records?: readonly StreamRecord[];
  readonly NextShardIterator?: string;
}

export const streamSource: EventSourceFactory = (options) =>
  /^arn:[^:]+:dynamodb:.*\/stream\//.test(options.mapping.EventSourceArn ?? "")
    ? new StreamSource(options)
    : undefined;

/**
 * Reads the stream of a DynamoDB table as Lambda's pollers do, each shard in its order. Where it stands is kept in
 * `positions`, so that a function that is replaced goes on with the record after the last one done.
 *
 * `LATEST` means here: what was written since the mapping was made, so that nothing is missed between the deployment and
 * the start of the runner. One batch of a shard is worked on at once, whatever the parallelization factor.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
class StreamSource implements EventSource {
  private readonly arn: string;
  private readonly policy: StreamPolicy;
  private readonly filters: readonly EventPattern[];
  private readonly shards: Promise<readonly string[]>;
  private readonly polling: Promise<void>;
  private readonly abort = new AbortController();
  private working = 0;
  /** Whether the last read failed, which is said once. */
  private failing = false;

  constructor(private readonly options: EventSourceOptions) {
    const { mapping } = options;
    this.arn = mapping.EventSourceArn ?? "";
    const limit = (value: number | undefined): number | undefined =>
      value === undefined || value < 0 ? undefined : value;
    this.policy = {
      bisect: mapping.BisectBatchOnFunctionError ?? false,
      reportsFailures: mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
      maxRetries: limit(mapping.MaximumRetryAttempts),
      maxRecordAgeSeconds: limit(mapping.MaximumRecordAgeInSeconds),
    };
    this.filters = (mapping.FilterCriteria?.Filters ?? []).map(
      ({ Pattern = "{}" }) => JSON.parse(Pattern) as EventPattern,
    );
    this.shards = this.describeShards();
    this.polling = this.shards.then(async (shards) => {
      await Promise.all(shards.map((shard) => this.poll(shard)));
    });
    this.polling.catch((error: unknown) => options.log(`${this.arn} can't be read: ${String(error)}`));
  }

  async pending(): Promise<number> {
    const shards = await this.shards.catch(() => []);
    const waiting = await Promise.all(
      shards.map(async (shard) => (await this.read(await this.position(shard), 1)).Records?.length ?? 0),
    );
    return waiting.reduce((sum, count) => sum + count, this.working);
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.polling.catch(() => undefined);
  }

  private async poll(shard: string): Promise<void> {
    while (!this.abort.signal.aborted) {
      try {
        const page = await this.batch(await this.position(shard));
        this.failing = false;
        const records = page.Records ?? [];
        if (records.length === 0) await this.wait(POLL_MS);
        else if (!(await this.deliver(records, shard))) return;
        if (page.NextShardIterator !== undefined)
          this.options.positions.set(this.key(shard), page.NextShardIterator);
      } catch (error) {
        if (!this.failing) this.options.log(`Reading ${this.arn} failed, trying again: ${String(error)}`);
        this.failing = true;
        await this.wait(PAUSE_AFTER_ERROR_MS);
      }
    }
  }

  /** A batch, for which the mapping's window is waited once there is a first record. */
  private async batch(position: string): Promise<Page> {
    const { BatchSize = DEFAULT_BATCH_SIZE, MaximumBatchingWindowInSeconds: window = 0 } =
      this.options.mapping;
    const page = await this.read(position, BatchSize);
    const count = page.Records?.length ?? 0;
    if (window === 0 || count === 0 || count >= BatchSize) return page;
    await this.wait(Math.min(window, WINDOW_LIMIT_SECONDS) * 1000);
    return this.read(position, BatchSize);
  }

  private async deliver(records: readonly StreamRecord[], shard: string): Promise<boolean> {
    const { mapping, host, retryDelaySeconds = DEFAULT_RETRY_SECONDS } = this.options;
    const wanted = records.map((record) => this.asDelivered(record)).filter((record) => this.passes(record));
    if (wanted.length === 0) return true;
    this.working += 1;
    let last: Invocation | undefined;
    try {
      return await deliverInOrder(wanted, this.policy, {
        invoke: async (batch) => {
          const release = await host.slots.take();
          last = await host.invoke({ Records: batch }).finally(release);
          if (host.ended && !last.end.ok) return undefined;
          this.report(batch, last);
          return last.end;
        },
        giveUp: (batch, reason, tries, end) =>
          this.giveUp(mapping.DestinationConfig?.OnFailure?.Destination, {
            batch,
            reason,
            tries,
            end,
            shard,
            requestId: last?.requestId ?? "",
          }),
        pause: async () => {
          await this.wait(retryDelaySeconds * 1000);
          return !this.abort.signal.aborted;
        },
        now: Date.now,
      });
    } finally {
      this.working -= 1;
    }
  }

  private report(batch: readonly StreamRecord[], invocation: Invocation): void {
    const { onBatch } = this.options;
    const numbers = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const outcome = batchOutcome(numbers, invocation.end, this.policy.reportsFailures);
    const error = invocation.end.ok ? outcome.malformed : invocation.end.error;
    onBatch({
      ...invocation,
      records: batch.length,
      failures: outcome.failed.length,
      ...(error === undefined ? {} : { error }),
    });
  }

  private async giveUp(destination: string | undefined, given: GivenUp): Promise<void> {
    const { clients, log } = this.options;
    const what = `${given.batch.length} records of ${this.arn} were given up (${given.reason})`;
    if (destination?.split(":")[2] !== "sqs") {
      log(`${what}: ${destination === undefined ? "the mapping has no destination" : destination}`);
      return;
    }
    const [account = "", name = ""] = destination.split(":").slice(4);
    const { QueueUrl } = await clients.sqs.send(
      new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }),
    );
    const body = JSON.stringify(failureNotice(given, this.arn, this.options.host.deployed.arn));
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  }

  private passes(record: StreamRecord): boolean {
    const { StartingPosition, LastModified } = this.options.mapping;
    const written = record.dynamodb.ApproximateCreationDateTime;
    if (StartingPosition === "LATEST" && LastModified && written < Math.floor(LastModified.getTime() / 1000))
      return false;
    return this.filters.length === 0 || this.filters.some((pattern) => matchesPattern(pattern, record));
  }

  private asDelivered(record: StreamRecord): StreamRecord {
    const awsRegion = this.arn.split(":")[3] ?? "";
    return { ...record, eventVersion: "1.1", awsRegion, eventSourceARN: this.arn };
  }

  private async describeShards(): Promise<readonly string[]> {
    const { StreamDescription } = await this.call<{
      readonly StreamDescription?: { readonly Shards?: readonly { readonly ShardId: string }[] };
    }>("DescribeStream", { StreamArn: this.arn });
    return (StreamDescription?.Shards ?? []).map(({ ShardId }) => ShardId);
  }

  private async position(shard: string): Promise<string> {
    const known = this.options.positions.get(this.key(shard));
    if (known !== undefined) return known;
    const { ShardIterator } = await this.call<{ readonly ShardIterator: string }>("GetShardIterator", {
      StreamArn: this.arn,
      ShardId: shard,
      ShardIteratorType: "TRIM_HORIZON",
    });
    this.options.positions.set(this.key(shard), ShardIterator);
    return ShardIterator;
  }

  private key(shard: string): string {
    return `${this.options.mapping.UUID} ${shard}`;
  }

  private read(position: string, limit: number): Promise<Page> {
    return this.call<Page>("GetRecords", { ShardIterator: position, Limit: limit });
  }

  private call<Answer>(action: string, request: object): Promise<Answer> {
    return callJson(this.options.address, "dynamodb", `DynamoDBStreams_20120810.${action}`, request);
  }

  /** Ends early when the source is stopped. */
  private async wait(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.abort.signal }).catch(() => undefined);
  }
}

interface GivenUp {
  readonly batch: readonly StreamRecord[];
  readonly reason: GiveUpReason;
  readonly tries: number;
  readonly end: InvocationEnd;
  readonly shard: string;
  readonly requestId: string;
}

/** What Lambda tells the destination: not the records, but where they are. */
const failureNotice = (
  { batch, reason, tries, end, shard, requestId }: GivenUp,
  streamArn: string,
  functionArn: string,
) => {
  const time = (record: StreamRecord | undefined): string =>
    new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
  const [first, last] = [batch[0], batch.at(-1)];
  return {
    requestContext: { requestId, functionArn, condition: reason, approximateInvokeCount: tries },
    responseContext: {
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: end.ok ? null : "Unhandled",
    },
    version: "1.0",
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: shard,
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: time(first),
      approximateArrivalOfLastRecord: time(last),
      batchSize: batch.length,
      streamArn,
    },
  };
};
