import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type DeadLetters, type Unfulfillable } from "../fulfilment";
import { type Failures, type StreamRecord } from "../outbox";

/**
 * Sends what is refused for good to a queue for people, with the attributes `reason` and `detail`. Needs
 * `sqs:SendMessage`.
 */
export class SqsDeadLetters implements DeadLetters, Failures {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async send(body: string, { reason, detail }: Unfulfillable): Promise<void> {
    await this.put(body, reason, detail);
  }

  /** Keeps where a record is, not what is in it: the row is still in the table. */
  async keep({ eventName, dynamodb }: StreamRecord, detail: string): Promise<void> {
    const { Keys, SequenceNumber } = dynamodb ?? {};
    await this.put(JSON.stringify({ eventName, Keys, SequenceNumber }), "unreadable-order", detail);
  }

  private async put(body: string, reason: string, detail: string): Promise<void> {
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: this.queueUrl,
        MessageBody: body,
        MessageAttributes: {
          reason: { DataType: "String", StringValue: reason },
          detail: { DataType: "String", StringValue: detail },
        },
      }),
    );
  }
}
