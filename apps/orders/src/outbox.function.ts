import { SQSClient } from "@aws-sdk/client-sqs";
import { type Context, type DynamoDBBatchResponse, type DynamoDBStreamEvent } from "aws-lambda";
import { EventBus } from "./aws/event-bus";
import { SqsDeadLetters } from "./aws/sqs-dead-letters";
import { relay, type Relayed } from "./outbox";
import { readOutboxSettings } from "./settings";
import { count, endInvocation, type Observation, observe, startInvocation, tracer } from "./telemetry";

const settings = readOutboxSettings(process.env);
const region = settings.AWS_REGION;

/** A stalled call fails its own record, instead of keeping the whole batch until the function times out. */
const requestHandler = { connectionTimeout: 1_000, socketTimeout: 5_000 };
const sqs = tracer.captureAWSv3Client(new SQSClient({ requestHandler }));

const failures = new SqsDeadLetters(sqs, settings.FAILURES_QUEUE_URL);
const bus = new EventBus({
  region,
  endpoint: process.env.AWS_ENDPOINT_URL_EVENTBRIDGE ?? process.env.AWS_ENDPOINT_URL,
  credentials: () => ({
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: process.env.AWS_SESSION_TOKEN,
  }),
  timeoutMs: 3_000,
});

const describe = ({ published, skipped, unreadable, error, failedAt }: Relayed): Observation => {
  const outcome = failedAt === undefined ? "relayed" : "failed";
  return {
    message: `Batch ${outcome}`,
    outcome,
    metric: failedAt === undefined ? "BatchesRelayed" : "BatchesFailed",
    fields: { published, skipped, unreadable, failedAt },
    error,
  };
};

/** Tells the bus of every accepted order in a batch of stream records. Lambda goes on from the first that failed. */
export async function handler(
  { Records }: DynamoDBStreamEvent,
  context: Context,
): Promise<DynamoDBBatchResponse> {
  startInvocation(context);
  try {
    const relayed = await observe("batch", () => relay(Records, region, bus, failures), describe);
    count("OrdersPublished", relayed.published);
    count("OrdersUnreadable", relayed.unreadable);
    const { failedAt } = relayed;
    return { batchItemFailures: failedAt === undefined ? [] : [{ itemIdentifier: failedAt }] };
  } finally {
    endInvocation();
  }
}
