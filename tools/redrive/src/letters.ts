import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { LandfallError } from "@landfall/core";
import { type DeadLetter, readDeadLetter } from "./dead-letter";
import { type QueuePair } from "./queue-pair";

/** The dead letters of a queue. */
export interface Letters {
  /**
   * Reads the letters. They stay, hidden from other readers for a while.
   * @param holdSeconds for how long
   */
  read(holdSeconds: number): Promise<{ readonly letters: readonly DeadLetter[]; readonly more: boolean }>;
  /** Sends one that was read back to its queue. */
  sendBack(letter: DeadLetter): Promise<void>;
  /** Has SQS send all of them back, by itself. Resolves to how many. */
  moveAll(say: (line: string) => void): Promise<number>;
}

/** More than anybody reads: who has more sends all, or chooses by reason again and again. */
const MOST_LETTERS = 1000;
/** Short polls ask some of the servers; a queue is empty when a long poll says so. */
const WAIT_SECONDS = 1;
const POLL_MS = 2_000;

/** Of SQS. A move task needs `sqs:StartMessageMoveTask` on the dead-letter queue and `sqs:SendMessage` on the queue. */
export class SqsLetters implements Letters {
  constructor(
    private readonly sqs: SQSClient,
    private readonly pair: QueuePair,
    private readonly most: number = MOST_LETTERS,
    private readonly pollMs: number = POLL_MS,
  ) {}

  async read(holdSeconds: number) {
    const found = new Map<string, DeadLetter>();
    while (found.size < this.most) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.pair.deadLetters.url,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: WAIT_SECONDS,
          VisibilityTimeout: holdSeconds,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["All"],
        }),
      );
      const before = found.size;
      for (const message of Messages) found.set(message.MessageId ?? "", readDeadLetter(message));
      // Nothing, or only what comes again because reading took longer than the hold.
      if (found.size === before) return { letters: [...found.values()], more: false };
    }
    return { letters: [...found.values()], more: true };
  }

  /** Sent first, deleted after: cut short in between, it is there twice, which consumers must bear anyway. */
  async sendBack({ message }: DeadLetter): Promise<void> {
    await this.sqs.send(new SendMessageCommand(copyOf(this.pair.queue.url, message)));
    await this.sqs.send(
      new DeleteMessageCommand({
        QueueUrl: this.pair.deadLetters.url,
        ReceiptHandle: message.ReceiptHandle ?? "",
      }),
    );
  }

  /** The destination is named, because what a function has sent itself has no queue to return to. */
  async moveAll(say: (line: string) => void): Promise<number> {
    const SourceArn = this.pair.deadLetters.arn;
    const { TaskHandle } = await this.sqs.send(
      new StartMessageMoveTaskCommand({ SourceArn, DestinationArn: this.pair.queue.arn }),
    );
    for (;;) {
      const { Results = [] } = await this.sqs.send(
        new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 10 }),
      );
      // SQS tells a task's handle only while it runs; the latest comes first.
      const task = Results.find((each) => each.TaskHandle === TaskHandle) ?? Results[0];
      const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
      if (task?.Status === "COMPLETED") return moved;
      if (task?.Status === "FAILED" || task?.Status === "CANCELLED") {
        throw new LandfallError(
          `SQS stopped after ${moved}: ${task.FailureReason ?? task.Status}. The others are still dead letters`,
        );
      }
      say(`${moved} of ${task?.ApproximateNumberOfMessagesToMove ?? "?"} sent`);
      await delay(this.pollMs);
    }
  }
}

/** The same message: its body, its attributes, and the trace that it belongs to. */
function copyOf(QueueUrl: string, { Body, MessageAttributes = {}, Attributes = {} }: Message) {
  return {
    QueueUrl,
    MessageBody: Body,
    MessageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        { DataType, StringValue, BinaryValue },
      ]),
    ),
    ...(Attributes.AWSTraceHeader === undefined
      ? {}
      : {
          MessageSystemAttributes: {
            AWSTraceHeader: { DataType: "String" as const, StringValue: Attributes.AWSTraceHeader },
          },
        }),
  };
}
