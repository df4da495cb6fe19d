import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type Context, type SQSBatchResponse, type SQSEvent, type SQSRecord } from "aws-lambda";
import { DynamoDbCatalogue } from "./aws/dynamodb-catalogue";
import { S3Quarantine } from "./aws/s3-quarantine";
import { S3Uploads } from "./aws/s3-uploads";
import { SqsDeadLetters } from "./aws/sqs-dead-letters";
import { takeIn, type CatalogueRow, type Ports } from "./catalogue";
import { inTimeFor } from "./deadline";
import { readSettings } from "./settings";
import { endInvocation, observeRecord, startInvocation, tracer } from "./telemetry";

const settings = readSettings(process.env);

/** A stalled call fails its own record, instead of keeping the whole batch until the function times out. */
const requestHandler = { connectionTimeout: 1_000, socketTimeout: 5_000 };
const dynamoDb = tracer.captureAWSv3Client(new DynamoDBClient({ requestHandler }));
const s3 = tracer.captureAWSv3Client(new S3Client({ requestHandler }));
const sqs = tracer.captureAWSv3Client(new SQSClient({ requestHandler }));

const catalogue = new DynamoDbCatalogue(dynamoDb, settings.catalogueTable);
const idempotency = new IdempotencyConfig({
  expiresAfterSeconds: 24 * 60 * 60,
  hashFunction: "sha256",
  responseHook: () => false,
});

/**
 * Content that was catalogued within the last day is known without touching the catalogue, and two copies in flight
 * exclude each other. Later the table's own condition keeps the row single. A replay answers "not added".
 */
const addOnce = makeIdempotent((_digest: string, row: CatalogueRow) => catalogue.add(row), {
  persistenceStore: new DynamoDBPersistenceLayer({
    tableName: settings.idempotencyTable,
    awsSdkV3Client: dynamoDb,
  }),
  config: idempotency,
  keyPrefix: "catalogue",
  dataIndexArgument: 0,
});

const ports: Omit<Ports, "inTime"> = {
  uploads: new S3Uploads(s3),
  catalogue: { add: (row) => addOnce(row.digest, row) },
  quarantine: new S3Quarantine(s3, settings.quarantinePrefix),
  deadLetters: new SqsDeadLetters(sqs, settings.deadLetterQueueUrl),
};

const processor = new BatchProcessor(EventType.SQS);

async function handleRecord({ messageId, body, attributes }: SQSRecord, all: Ports): Promise<void> {
  const record = { messageId, traceHeader: attributes.AWSTraceHeader };
  const result = await observeRecord(record, () => takeIn(body, all, settings.maxDocumentBytes));
  if (result.outcome === "failed") throw result.error;
}

/**
 * Takes in a batch of S3 "Object Created" events. Refused documents are quarantined and dead-lettered and count as handled; a
 * passing fault makes its record a batch item failure, which SQS delivers again. So does a record for which no time is left:
 * a function that times out brings back the whole batch, with all that was done.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  idempotency.registerLambdaContext(context);
  startInvocation(context);
  const inTime = inTimeFor(() => context.getRemainingTimeInMillis());
  const handle = (record: SQSRecord) => handleRecord(record, { ...ports, inTime });
  try {
    // One after the other: two copies in one batch would otherwise exclude each other, and one would have to come again.
    return await processPartialResponse(event, handle, processor, {
      context,
      processInParallel: false,
      throwOnFullBatchFailure: false,
    });
  } finally {
    endInvocation();
  }
}
