import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type Refusal } from "../refusal";
import { type DeadLetters } from "../sentinel";

/**
 * Sends refused messages to the queue's own dead-letter queue, body unchanged, with the attributes `reason` and `detail`.
 * Needs `sqs:SendMessage`.
 */
export class SqsDeadLetters implements DeadLetters {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async send(body: string, { reason, detail }: Refusal): Promise<void> {
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
