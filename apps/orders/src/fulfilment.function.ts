import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type Context, type SQSBatchResponse, type SQSEvent, type SQSRecord } from "aws-lambda";
import { DynamoDbFulfilments } from "./aws/dynamodb-fulfilments";
import { SqsDeadLetters } from "./aws/sqs-dead-letters";
import { fulfil, type Ports, type Result } from "./fulfilment";
import { readFulfilmentSettings } from "./settings";
import { endInvocation, type Observation, observe, startInvocation, tracer } from "./telemetry";

const settings = readFulfilmentSettings(process.env);

/** A stalled call fails its own record, instead of keeping the whole batch until the function times out. */
const requestHandler = { connectionTimeout: 1_000, socketTimeout: 5_000 };
const dynamoDb = tracer.captureAWSv3Client(new DynamoDBClient({ requestHandler }));
const sqs = tracer.captureAWSv3Client(new SQSClient({ requestHandler }));

const ports: Ports = {
  fulfilments: new DynamoDbFulfilments(dynamoDb, settings.ORDERS_TABLE),
  deadLetters: new SqsDeadLetters(sqs, settings.DEAD_LETTER_QUEUE_URL),
  now: Date.now,
};

const processor = new BatchProcessor(EventType.SQS);

const metrics = {
  fulfilled: "OrdersFulfilled",
  deduplicated: "OrdersFulfilledBefore",
  refused: "FulfilmentsRefused",
  failed: "FulfilmentsFailed",
} as const;

const describe =
  (messageId: string) =>
  (result: Result): Observation => ({
    message: `Order ${result.outcome}`,
    outcome: result.outcome,
    metric: metrics[result.outcome],
    reason: result.outcome === "refused" ? result.refusal.reason : undefined,
    fields: {
      messageId,
      orderId: result.orderId,
      detail: result.outcome === "refused" ? result.refusal.detail : undefined,
    },
    error: result.outcome === "failed" ? result.error : undefined,
  });

async function handleRecord({ messageId, body }: SQSRecord): Promise<void> {
  const result = await observe("message", () => fulfil(body, ports), describe(messageId));
  if (result.outcome === "failed") throw result.error;
}

/**
 * Fulfils the orders that a batch of messages tells of. Refused messages are dead-lettered and count as handled; a passing
 * fault makes its message a batch item failure, which SQS delivers again.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  startInvocation(context);
  try {
    return await processPartialResponse(event, handleRecord, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
  } finally {
    endInvocation();
  }
}
