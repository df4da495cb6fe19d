import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type Context, type SQSEvent } from "aws-lambda";
import { event, openedBucket, scheduled } from "./testing/samples";

const context = {
  functionName: "sentinel-block-public-bucket",
  memoryLimitInMB: "256",
  getRemainingTimeInMillis: () => 60_000,
} as Context;

const batch = (bodies: Readonly<Record<string, string>>): SQSEvent => ({
  Records: Object.entries(bodies).map(([messageId, body]) => ({
    messageId,
    body,
    receiptHandle: "handle",
    attributes: {
      ApproximateReceiveCount: "1",
      ApproximateFirstReceiveTimestamp: "0",
      SentTimestamp: "0",
      SenderId: "events",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-west-1:123456789012:sentinel",
    awsRegion: "eu-west-1",
  })),
});

/** Just enough of AWS for the handler: public buckets, and records that are always new. */
class FakeAws {
  readonly sent: { readonly name: string; readonly input: Readonly<Record<string, unknown>> }[] = [];
  readonly blocked = new Set<string>();

  start(): void {
    for (const { prototype } of [DynamoDBClient, S3Client, SNSClient, SQSClient]) {
      jest
        .spyOn(prototype as { send: (command: object) => Promise<unknown> }, "send")
        .mockImplementation((command) =>
          this.answer(command as { input: Readonly<Record<string, unknown>> }),
        );
    }
  }

  inputsOf(name: string) {
    return this.sent.filter((each) => each.name === `${name}Command`).map(({ input }) => input);
  }

  private answer(command: { readonly input: Readonly<Record<string, unknown>> }): Promise<unknown> {
    const { name } = command.constructor;
    const { input } = command;
    const bucket = String(input.Bucket);
    this.sent.push({ name, input });
    if (bucket === "slow") return Promise.reject(new Error("SlowDown"));
    if (name === "PutPublicAccessBlockCommand") this.blocked.add(bucket);
    if (name === "GetPublicAccessBlockCommand") {
      const on = this.blocked.has(bucket);
      if (!on) {
        const $metadata = {};
        return Promise.reject(
          new S3ServiceException({
            name: "NoSuchPublicAccessBlockConfiguration",
            $fault: "client",
            $metadata,
          }),
        );
      }
      return Promise.resolve({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: on,
          IgnorePublicAcls: on,
          BlockPublicPolicy: on,
          RestrictPublicBuckets: on,
        },
      });
    }
    return Promise.resolve({});
  }
}

describe("the handler of a repair", () => {
  let aws: FakeAws;
  let lines: string[];

  const handle = async (bodies: Readonly<Record<string, string>>): Promise<string[]> => {
    const { handler } = await import("./block-public-bucket.function");
    const { batchItemFailures } = await handler(batch(bodies), context);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  beforeAll(() => {
    Object.assign(process.env, {
      AWS_REGION: "eu-west-1",
      ACCOUNT_ID: "123456789012",
      ZONE: "local",
      REPAIR_MODE: "repair",
      IGNORED_ARNS: "[]",
      RECORDS_BUCKET: "records",
      IDEMPOTENCY_TABLE: "idempotency",
      NOTICES_TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:notices",
      DEAD_LETTER_QUEUE_URL: "https://sqs.example.com/dead",
      POWERTOOLS_SERVICE_NAME: "sentinel",
      POWERTOOLS_METRICS_NAMESPACE: "Landfall",
      POWERTOOLS_TRACE_ENABLED: "false",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    });
  });

  beforeEach(() => {
    aws = new FakeAws();
    lines = [];
    aws.start();
    jest.spyOn(process.stdout, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0);
    jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  });

  afterEach(() => jest.restoreAllMocks());

  it("fails exactly the messages that a passing fault has hit, and dead-letters those that are refused", async () => {
    const failures = await handle({
      good: JSON.stringify(openedBucket("reports")),
      slow: JSON.stringify(openedBucket("slow")),
      poison: "{",
      forged: JSON.stringify(event("my.app", "AWS API Call via CloudTrail", {})),
      foreign: JSON.stringify(scheduled({ account: "999999999999" })),
      last: JSON.stringify({ ...openedBucket("minutes"), id: "last" }),
    });

    expect(failures).toEqual(["slow"]);
    expect([...aws.blocked]).toEqual(["reports", "minutes"]);
    expect(
      aws
        .inputsOf("SendMessage")
        .map(
          ({ MessageAttributes }) =>
            (MessageAttributes as { reason: { StringValue: string } }).reason.StringValue,
        ),
    ).toEqual(["invalid-event", "invalid-event", "foreign-account"]);
  });

  it("blocks all four ways, and only in its own account", async () => {
    await handle({ one: JSON.stringify(openedBucket()) });

    expect(aws.inputsOf("PutPublicAccessBlock")).toEqual([
      {
        Bucket: "reports",
        ExpectedBucketOwner: "123456789012",
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
    ]);
  });

  it("records and tells what it did, with a subject that fits", async () => {
    await handle({ one: JSON.stringify(openedBucket()) });

    expect(aws.inputsOf("PutObject")).toEqual([
      expect.objectContaining({ Bucket: "records", IfNoneMatch: "*" }),
      expect.objectContaining({ Bucket: "records", IfNoneMatch: "*" }),
    ]);
    expect(aws.inputsOf("Publish")).toEqual([
      expect.objectContaining({ Subject: "sentinel repaired: block-public-bucket" }),
    ]);
  });

  it("logs no part of a message that it refuses", async () => {
    await handle({ one: JSON.stringify({ ...scheduled(), source: 'secret\n{"level":"ERROR"}' }) });

    expect(lines.join("")).toContain("invalid-event");
    expect(lines.join("")).not.toContain("secret");
  });
});
