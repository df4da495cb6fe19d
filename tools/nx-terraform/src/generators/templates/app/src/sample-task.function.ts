import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type Context, type SQSBatchResponse, type SQSEvent, type SQSRecord } from "aws-lambda";
import { SampleTaskDeadLetterQueue } from "./aws/sample-task-dead-letter-queue";
import { SampleTaskTable } from "./aws/sample-task-table";
import { runSampleTask, type SampleTaskPorts, type SampleTaskResult } from "./sample-task";

/** Service name, namespace and log level come from the `POWERTOOLS_*` environment variables. */
const logger = new Logger();
const metrics = new Metrics();
/** The SDK clients are captured one by one; capturing all of HTTP would show each call twice. */
const tracer = new Tracer({ captureHTTPsRequests: false });

/** A stalled call fails its own event, instead of keeping the whole batch until the function times out. */
const requestHandler = { connectionTimeout: 1_000, socketTimeout: 5_000 };

const ports: SampleTaskPorts = {
  rows: new SampleTaskTable(
    tracer.captureAWSv3Client(new DynamoDBClient({ requestHandler })),
    setting("SAMPLE_TASK_TABLE"),
  ),
  deadLetters: new SampleTaskDeadLetterQueue(
    tracer.captureAWSv3Client(new SQSClient({ requestHandler })),
    setting("DEAD_LETTER_QUEUE_URL"),
  ),
};

const processor = new BatchProcessor(EventType.SQS);

const metricNames = {
  done: "SampleTaskDone",
  repeated: "SampleTaskRepeated",
  refused: "SampleTaskRefused",
  failed: "SampleTaskFailed",
} as const;

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Wrong environment: ${name} is missing`);
  return value;
}

/** One log line and one count for each event; what the event holds is in neither. */
function report(messageId: string, result: SampleTaskResult): void {
  metrics.addMetric(metricNames[result.outcome], MetricUnit.Count, 1);
  logger.info(`Event ${result.outcome}`, {
    messageId,
    ...result,
    ...(result.outcome === "failed" && {
      error: result.error instanceof Error ? result.error : String(result.error),
    }),
  });
}

async function handleRecord({ messageId, body }: SQSRecord): Promise<void> {
  const result = await runSampleTask(body, ports);
  report(messageId, result);
  if (result.outcome === "failed") throw result.error;
}

/**
 * Takes in a batch of events. Refused ones are dead-lettered and count as handled; a passing fault makes its record a batch
 * item failure, which SQS delivers again.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  metrics.captureColdStartMetric(context.functionName);
  try {
    return await processPartialResponse(event, handleRecord, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
  } finally {
    metrics.publishStoredMetrics();
  }
}
