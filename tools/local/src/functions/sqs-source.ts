import { setTimeout as delay } from "node:timers/promises";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { batchOutcome } from "./batch-outcome";
import { type EventSource, type EventSourceFactory, type EventSourceOptions } from "./event-source";
import { Slots } from "./slots";
import { sqsEvent } from "./sqs-event";

/** SQS gives and takes at most so many messages in a request. */
const REQUEST_LIMIT = 10;
/** How long a request waits for a message. Short, as it holds one of the function's places and delays a stop. */
const POLL_SECONDS = 1;
/** The longest wait for a batch to fill: a laptop has few messages. */
const WINDOW_LIMIT_SECONDS = 1;
const PAUSE_AFTER_ERROR_MS = 1000;

export const sqsSource: EventSourceFactory = (options) => {
  const { EventSourceArn, FilterCriteria } = options.mapping;
  const filtered = (FilterCriteria?.Filters ?? []).length > 0;
  return EventSourceArn?.split(":")[2] === "sqs" && !filtered ? new SqsSource(options) : undefined;
};

/**
 * Polls a queue as Lambda's pollers do: gives batches to the function, deletes what is done, and leaves what failed
 * to the queue, which shows it again after its visibility timeout and dead-letters it after too many receives.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
class SqsSource implements EventSource {
  private readonly queueArn: string;
  private readonly queueUrl: Promise<string>;
  private readonly slots: Slots;
  private stopping = false;
  private readonly polling: Promise<void>;
  private readonly working = new Set<Promise<void>>();

  constructor(private readonly options: EventSourceOptions) {
    const { mapping, host, clients } = options;
    this.queueArn = mapping.EventSourceArn ?? "";
    const [account = "", name = ""] = this.queueArn.split(":").slice(4);
    const request = new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account });
    this.queueUrl = clients.sqs.send(request).then(({ QueueUrl }) => QueueUrl ?? "");
    this.slots = new Slots(
      Math.min(mapping.ScalingConfig?.MaximumConcurrency ?? host.slots.size, host.slots.size),
    );
    this.polling = this.poll();
  }

  async pending(): Promise<number> {
    const names = [
      "ApproximateNumberOfMessages",
      "ApproximateNumberOfMessagesNotVisible",
      "ApproximateNumberOfMessagesDelayed",
    ] as const;
    const request = new GetQueueAttributesCommand({
      QueueUrl: await this.queueUrl,
      AttributeNames: [...names],
    });
    const { Attributes = {} } = await this.options.clients.sqs.send(request);
    const waiting = names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    return waiting + this.working.size;
  }

  async stop(): Promise<void> {
    // The request under way is not cut off: the queue would hide what it answers until the visibility timeout.
    this.stopping = true;
    await this.polling;
    await Promise.all(this.working);
  }

  private async poll(): Promise<void> {
    const { host, log } = this.options;
    while (!this.stopping) {
      // A place first: a message that is received and finds none would lose one of its tries.
      const releases = [await this.slots.take(), await host.slots.take()];
      const release = (): void => releases.forEach((give) => give());
      try {
        const messages = await this.receiveBatch();
        if (messages.length === 0) {
          release();
          continue;
        }
        const work = this.work(messages).finally(() => {
          release();
          this.working.delete(work);
        });
        this.working.add(work);
      } catch (error) {
        release();
        log(`Polling ${this.queueArn} failed, trying again: ${String(error)}`);
        await delay(PAUSE_AFTER_ERROR_MS);
      }
    }
  }

  private async receiveBatch(): Promise<Message[]> {
    const { BatchSize = REQUEST_LIMIT, MaximumBatchingWindowInSeconds: window = 0 } = this.options.mapping;
    const messages = await this.receive(BatchSize, POLL_SECONDS);
    const closesAt = Date.now() + Math.min(window, WINDOW_LIMIT_SECONDS) * 1000;
    const isOpen = (): boolean => !this.stopping && Date.now() < closesAt;
    while (messages.length > 0 && messages.length < BatchSize && isOpen()) {
      messages.push(...(await this.receive(BatchSize - messages.length, 1)));
    }
    return messages;
  }

  private async receive(count: number, waitSeconds: number): Promise<Message[]> {
    const request = new ReceiveMessageCommand({
      QueueUrl: await this.queueUrl,
      MaxNumberOfMessages: Math.min(count, REQUEST_LIMIT),
      WaitTimeSeconds: waitSeconds,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
    });
    const { Messages = [] } = await this.options.clients.sqs.send(request);
    return [...Messages];
  }

  private async work(messages: readonly Message[]): Promise<void> {
    const { mapping, host, retryDelaySeconds, onBatch, log } = this.options;
    const invocation = await host.invoke(sqsEvent(messages, this.queueArn));
    const ids = messages.map(({ MessageId = "" }) => MessageId);
    const reportsFailures = mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") ?? false;
    const outcome = batchOutcome(ids, invocation.end, reportsFailures);
    const done = new Set(outcome.succeeded);
    // What an ended host was given has not failed: it goes back at once.
    const retryAfter = host.ended ? 0 : retryDelaySeconds;
    try {
      await this.delete(messages.filter(({ MessageId = "" }) => done.has(MessageId)));
      await this.giveBack(
        messages.filter(({ MessageId = "" }) => !done.has(MessageId)),
        retryAfter,
      );
    } catch (error) {
      log(`The messages of ${invocation.requestId} could not be settled, they come back: ${String(error)}`);
    }
    if (host.ended && !invocation.end.ok) return;
    const error = invocation.end.ok ? outcome.malformed : invocation.end.error;
    onBatch({
      ...invocation,
      records: messages.length,
      failures: outcome.failed.length,
      ...(error === undefined ? {} : { error }),
    });
  }

  private async delete(messages: readonly Message[]): Promise<void> {
    const QueueUrl = await this.queueUrl;
    for (let start = 0; start < messages.length; start += REQUEST_LIMIT) {
      const Entries = messages
        .slice(start, start + REQUEST_LIMIT)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      const { Failed = [] } = await this.options.clients.sqs.send(
        new DeleteMessageBatchCommand({ QueueUrl, Entries }),
      );
      if (Failed.length > 0) throw new Error(`DeleteMessageBatch: ${JSON.stringify(Failed)}`);
    }
  }

  /** Shows messages again after so many seconds; undefined leaves that to the queue's visibility timeout. */
  private async giveBack(messages: readonly Message[], seconds: number | undefined): Promise<void> {
    if (seconds === undefined) return;
    const QueueUrl = await this.queueUrl;
    for (const { ReceiptHandle } of messages) {
      const request = { QueueUrl, ReceiptHandle, VisibilityTimeout: seconds };
      await this.options.clients.sqs.send(new ChangeMessageVisibilityCommand(request));
    }
  }
}
