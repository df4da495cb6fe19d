import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type SampleTaskDeadLetters, type SampleTaskRefusal } from "../sample-task";

/**
 * Sends refused events to the queue's own dead-letter queue, body unchanged, so that they can be redriven like those that SQS
 * moves there; the attribute `reason` tells them apart. Needs `sqs:SendMessage`.
 */
export class SampleTaskDeadLetterQueue implements SampleTaskDeadLetters {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async send(body: string, reason: SampleTaskRefusal): Promise<void> {
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: this.queueUrl,
        MessageBody: body,
        MessageAttributes: { reason: { DataType: "String", StringValue: reason } },
      }),
    );
  }
}
