import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { LandfallError, resourceName } from "@landfall/core";

/** One of the two queues. */
export interface QueueAddress {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
}

/** A queue and the one that takes its dead letters. */
export interface QueuePair {
  readonly queue: QueueAddress;
  readonly deadLetters: QueueAddress;
}

/** The name of a queue of the zone, given with or without the zone: `intake-documents` is `local-intake-documents`. */
export const queueNameOf = (zone: string, given: string): string =>
  given.startsWith(`${zone}-`) ? given : resourceName("queue", zone, given);

/**
 * Finds a queue and, by its redrive policy, its dead-letter queue.
 *
 * @throws LandfallError when there is no such queue, or it keeps no dead letters
 */
export async function findQueuePair(sqs: SQSClient, name: string): Promise<QueuePair> {
  const queue = await addressOf(sqs, name);
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ["RedrivePolicy"] }),
  );
  const policy = JSON.parse(Attributes.RedrivePolicy ?? "{}") as { readonly deadLetterTargetArn?: string };
  const deadLetterName = policy.deadLetterTargetArn?.split(":").at(-1);
  if (deadLetterName === undefined) {
    throw new LandfallError(
      `The queue ${name} keeps no dead letters. Name the queue that they are to go back to, not the one where they are`,
    );
  }
  return { queue, deadLetters: await addressOf(sqs, deadLetterName) };
}

async function addressOf(sqs: SQSClient, name: string): Promise<QueueAddress> {
  try {
    const { QueueUrl: url = "" } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }),
    );
    return { name, url, arn: Attributes.QueueArn ?? "" };
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    throw new LandfallError(
      `There is no queue ${name} in the account of your credentials and this region: is the stack deployed there?`,
    );
  }
}
