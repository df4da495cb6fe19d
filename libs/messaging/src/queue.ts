import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { denyInsecureTransport, policyDocument, type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Lazy } from "cdktf";
import { Construct } from "constructs";

/** An SQS queue. */
export interface IQueue {
  readonly queueArn: string;
  readonly queueUrl: string;
  /** Whoever sends or receives needs to use it. */
  readonly encryptionKey: IKey;
}

export interface QueueProps {
  /** What it carries, e.g. `documents`; its dead-letter queue is named after it. */
  readonly name: string;
  readonly encryptionKey: IKey;
  /**
   * Seconds for which a received message stays hidden, 0 to 43200. AWS asks for six times the timeout of the function
   * that consumes it.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   * @default 180
   */
  readonly visibilityTimeoutSeconds?: number;
  /** How often a message is received before it goes to the dead-letter queue, 1 to 1000. @default 5 */
  readonly maxReceiveCount?: number;
}

const DAY = 24 * 60 * 60;
/** The longest that SQS keeps a message: a dead letter waits for a human. */
const DEAD_LETTER_RETENTION_SECONDS = 14 * DAY;
const RETENTION_SECONDS = 4 * DAY;
/** Seconds for which SQS reuses a data key before it asks KMS again. */
const DATA_KEY_REUSE_SECONDS = 300;

/**
 * A queue with its dead-letter queue: both encrypted with a customer key and reached over TLS only. The dead-letter
 * queue takes redriven messages from this queue alone.
 *
 * @see SQS.1 (encryption), SQS.3 (public access)
 */
export class Queue extends Construct implements IQueue {
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly encryptionKey: IKey;
  readonly deadLetterQueue: IQueue;
  readonly visibilityTimeoutSeconds: number;

  private readonly senders: { readonly service: string; readonly sourceArn: string }[] = [];

  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { visibilityTimeoutSeconds = 180, maxReceiveCount = 5 } = props;
    validateProps(this, [
      wholeNumber("visibilityTimeoutSeconds", visibilityTimeoutSeconds, 0, 43_200),
      wholeNumber("maxReceiveCount", maxReceiveCount, 1, 1000),
    ]);
    this.visibilityTimeoutSeconds = visibilityTimeoutSeconds;
    // The ARNs are spelt out because a policy inside a queue can't refer to the queue itself.
    const name = stack.resourceName("queue", props.name);
    const deadLetterName = stack.resourceName("queue", props.name, "dead-letters");
    const [arn, deadLetterArn] = [stack.arn("sqs", name), stack.arn("sqs", deadLetterName)];
    const encryption = {
      kmsMasterKeyId: props.encryptionKey.keyArn,
      kmsDataKeyReusePeriodSeconds: DATA_KEY_REUSE_SECONDS,
    };
    // Rendered at synthesis, when every sender is known.
    const policy = (own: string) => Lazy.stringValue({ produce: () => this.policy(own) });

    const deadLetters = new SqsQueue(this, "DeadLetters", {
      name: deadLetterName,
      messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
      policy: policy(deadLetterArn),
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [arn] }),
      ...encryption,
    });
    const queue = new SqsQueue(this, "Resource", {
      name,
      messageRetentionSeconds: RETENTION_SECONDS,
      visibilityTimeoutSeconds,
      policy: policy(arn),
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: deadLetters.arn,
        maxReceiveCount,
      }),
      ...encryption,
    });
    this.queueArn = queue.arn;
    this.queueUrl = queue.url;
    this.encryptionKey = props.encryptionKey;
    this.deadLetterQueue = {
      queueArn: deadLetters.arn,
      queueUrl: deadLetters.url,
      encryptionKey: props.encryptionKey,
    };
  }

  /**
   * Lets an AWS service send to the queue, and to its dead-letter queue what it can't deliver, on behalf of one
   * resource of this account.
   */
  allowService(service: string, sourceArn: string): void {
    this.senders.push({ service, sourceArn });
  }

  private policy(queueArn: string): string {
    const { account } = ZoneStack.of(this);
    return policyDocument([
      denyInsecureTransport("sqs:*", [queueArn]),
      ...this.senders.map(({ service, sourceArn }, index): Statement => ({
        Sid: `Sender${index}`,
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: {
          ArnEquals: { "aws:SourceArn": sourceArn },
          StringEquals: { "aws:SourceAccount": account.id },
        },
      })),
    ]);
  }
}
