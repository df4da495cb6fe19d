import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type DeadLetters } from "../catalogue";
import { type Refusal } from "../refusal";

/**
 * Sends refused records to the queue's own dead-letter queue, body unchanged, so that they can be redriven like the
 * ones that SQS moves there. The attributes `reason` and `detail` tell them apart, and `quarantine` where the object is
 * now. The client's trace goes along in a header, which SQS keeps. Needs `sqs:SendMessage`.
 */
export class SqsDeadLetters implements DeadLetters {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async send(body: string, { reason, detail }: Refusal, quarantined?: string): Promise<void> {
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: this.queueUrl,
        MessageBody: body,
        MessageAttributes: {
          reason: { DataType: "String", StringValue: reason },
          detail: { DataType: "String", StringValue: detail },
          ...(quarantined !== undefined && {
            quarantine: { DataType: "String", StringValue: quarantined },
          }),
        },
      }),
    );
  }
}
