import { type Context, type SQSEvent, type SQSRecord } from "aws-lambda";
import { type Upload } from "../upload";

export const goodJson = JSON.stringify({
  title: "On tides",
  author: "M. Lyell",
  issued: "2026-01-31",
  tags: ["sea", "moon"],
  summary: "Why the sea rises.",
});

export const goodCsv = `title,author,issued,tags
On tides,M. Lyell,2026-01-31,sea; moon
"Winds, and sails",N. Amundsen,2025-12-01,
`;

/** An EventBridge event "Object Created", with all the fields that S3 sends. */
export function objectCreated(upload: Partial<Upload> = {}): Record<string, unknown> {
  const { bucket = "inbox", key = "tides.json", versionId, size = 100 } = upload;
  return {
    version: "0",
    id: "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "Object Created",
    source: "aws.s3",
    account: "123456789012",
    time: "2026-02-01T12:00:00Z",
    region: "eu-west-1",
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: {
        key,
        size,
        etag: "b57f9512698f4b09e608f4f2a65852e5",
        ...(versionId !== undefined && { "version-id": versionId }),
        sequencer: "617f08299329d189",
      },
      "request-id": "N4N7GDK58NMKJ12R",
      requester: "123456789012",
      "source-ip-address": "192.0.2.1",
      reason: "PutObject",
    },
  };
}

/** The queue message that announces an upload. */
export function announce(upload: Partial<Upload> = {}): string {
  return JSON.stringify(objectCreated(upload));
}

/** A batch with one record for each body; the message ids are the keys. */
export function sqsEvent(bodies: Readonly<Record<string, string>>, traceHeader?: string): SQSEvent {
  return {
    Records: Object.entries(bodies).map(([messageId, body]) => sqsRecord(messageId, body, traceHeader)),
  };
}

function sqsRecord(messageId: string, body: string, traceHeader: string | undefined): SQSRecord {
  return {
    messageId,
    receiptHandle: `handle-of-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1769947200000",
      ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
      SenderId: "AIDAEXAMPLE",
      ApproximateFirstReceiveTimestamp: "1769947200000",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-west-1:123456789012:intake",
    awsRegion: "eu-west-1",
  };
}

/** What Lambda passes beside the event. @param remaining milliseconds that are left, asked anew each time */
export function lambdaContext(remaining: () => number = () => 30_000): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: "intake-catalogue",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:intake-catalogue",
    memoryLimitInMB: "256",
    awsRequestId: "8f507cfc-xmpl-4697-b07a-ac58fc914c95",
    logGroupName: "/aws/lambda/intake-catalogue",
    logStreamName: "2026/02/01/[$LATEST]1",
    getRemainingTimeInMillis: remaining,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
