import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type Context, type SQSBatchResponse, type SQSEvent, type SQSRecord } from "aws-lambda";
import { S3Records } from "./aws/s3-records";
import { SnsNotices } from "./aws/sns-notices";
import { SqsDeadLetters } from "./aws/sqs-dead-letters";
import { type Hands, type Rules, type Sight } from "./repair";
import { type Once, type Ports, tend } from "./sentinel";
import { type FunctionSettings, readSettings } from "./settings";
import { endInvocation, observeMessage, startInvocation, tracer } from "./telemetry";

/** A stalled call fails its own message, instead of keeping the whole batch until the function times out. */
export const requestHandler = { connectionTimeout: 1_000, socketTimeout: 5_000 };

type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * The handler of one repair: tends to a batch of events. Refused messages are dead-lettered and count as handled; a passing fault
 * makes its message a batch item failure, which SQS delivers again.
 *
 * @param handsOf what the repair sees and does in AWS
 */
export function repairFunction<S extends Sight>(
  rules: Rules<S>,
  handsOf: (settings: FunctionSettings) => Hands<S>,
): Handler {
  const settings = readSettings(process.env);
  const sqs = tracer.captureAWSv3Client(new SQSClient({ requestHandler }));
  const sns = tracer.captureAWSv3Client(new SNSClient({ requestHandler }));
  const s3 = tracer.captureAWSv3Client(new S3Client({ requestHandler }));
  const { once, config } = remembering(rules.name, settings.idempotencyTable);
  const ports: Ports<S> = {
    hands: handsOf(settings),
    records: new S3Records(s3, settings.recordsBucket, rules.name),
    notices: new SnsNotices(sns, settings.noticesTopicArn),
    deadLetters: new SqsDeadLetters(sqs, settings.deadLetterQueueUrl),
    once,
    now: () => new Date(),
  };
  const processor = new BatchProcessor(EventType.SQS);

  async function handleRecord({ messageId, body, attributes }: SQSRecord): Promise<void> {
    const receipt = Number(attributes.ApproximateReceiveCount);
    const result = await observeMessage(rules.name, messageId, () =>
      tend({ body, receipt }, rules, ports, settings),
    );
    if (result.outcome === "failed") throw result.error;
  }

  return async (event, context) => {
    config.registerLambdaContext(context);
    startInvocation(context);
    try {
      // One after the other: two events about one resource would otherwise both find it unsound.
      return await processPartialResponse(event, handleRecord, processor, {
        context,
        processInParallel: false,
        throwOnFullBatchFailure: false,
      });
    } finally {
      endInvocation();
    }
  };
}

/** Remembers for a day, in a table, what was done. A replay answers that nothing was. */
function remembering(
  keyPrefix: string,
  tableName: string,
): { readonly once: Once; readonly config: IdempotencyConfig } {
  const config = new IdempotencyConfig({
    expiresAfterSeconds: 24 * 60 * 60,
    hashFunction: "sha256",
    responseHook: () => false,
  });
  const once = makeIdempotent(
    async (_key: string, work: () => Promise<void>) => {
      await work();
      return true;
    },
    {
      persistenceStore: new DynamoDBPersistenceLayer({
        tableName,
        awsSdkV3Client: tracer.captureAWSv3Client(new DynamoDBClient({ requestHandler })),
      }),
      config,
      keyPrefix,
      dataIndexArgument: 0,
    },
  );
  return { once, config };
}
