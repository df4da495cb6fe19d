import { randomUUID } from "node:crypto";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  paginateListObjectsV2,
  PutBucketPolicyCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { SNSClient, SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { callJson } from "../api/aws-api";
import { type AwsAddress, clientConfig } from "../functions/aws-clients";
import { type BatchResult } from "../functions/event-source";
import { Heard, until } from "./heard";
import { published } from "./published";
import { type ChainedRecord, isSoundChain } from "./record-chain";
import { type AppSamples, type SampleResult, type Stage } from "./sample";

/** The bucket that is opened. It and the queue below are taken away again. */
const BUCKET = "example-opened-by-mistake";
/** Gets what people would get by mail. */
const MAILBOX = "example-mailbox";
const REPAIR = "block-public-bucket";

/** Opens a bucket to everybody, as somebody might by mistake, and watches it being closed, told and recorded. */
export class SentinelSamples implements AppSamples {
  readonly app = "sentinel";
  readonly title = "a bucket opened to everybody, watched by the app sentinel";
  readonly path = "through EventBridge, SQS and the function to S3, SNS and the records";
  private traceId: string | undefined;
  private readonly heard = new Heard(this.app, ({ target, targetOutcome }, traceId) => {
    if (target === BUCKET && targetOutcome === "repaired") this.traceId = traceId;
  });
  readonly metrics = this.heard.metrics;

  note(result: BatchResult): void {
    this.heard.note(result);
  }

  async run(
    stage: Stage,
    onResult: (result: SampleResult) => void = () => undefined,
  ): Promise<SampleResult[]> {
    const { address, signal } = stage;
    const s3 = new S3Client({ ...clientConfig(address), forcePathStyle: true });
    const mailbox = await openMailbox(stage);
    const results: SampleResult[] = [];
    const show = (what: string, outcome: string, expected: string, more = {}): void => {
      const result = { what, outcome, expected, ...more };
      results.push(result);
      onResult(result);
    };
    try {
      await openToEverybody(s3, address.region);
      const before = await isBlocked(s3);
      await tellOfTheCall(address);
      const after = await until(() => isBlocked(s3), signal);
      const closed = `${before ? "private" : "public"}, ${after ? "private again" : "still public"}`;
      // The function's log comes when its work is over, which is after the bucket is closed.
      await until(() => this.traceId !== undefined, signal);
      show("a public bucket", closed, "public, private again", { traceId: this.traceId });

      const notices: string[] = [];
      await until(async () => {
        notices.push(...(await mailbox.read()));
        return notices.length > 0;
      }, signal);
      show("the notice", notices[0] ?? "none", `sentinel repaired: ${REPAIR}`);

      const chain = await readChain(s3, (await published(stage, this.app))("recordsBucketName"));
      const forged = chain.map((record, at) => (at === 0 ? { ...record, target: "another-bucket" } : record));
      const [sound, unseen] = [isSoundChain(chain), isSoundChain(forged)];
      show(
        "the record",
        `${chain.map(({ phase }) => phase).join(" and ")}, ${sound ? "sound" : "broken"}`,
        "intended and repaired, sound",
      );
      show("a changed record", unseen ? "not seen" : "found out", "found out");
      return results;
    } finally {
      await mailbox.close();
      await s3.send(new DeleteBucketPolicyCommand({ Bucket: BUCKET }));
      await s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
      s3.destroy();
    }
  }
}

async function openToEverybody(s3: S3Client, region: string): Promise<void> {
  const CreateBucketConfiguration = { LocationConstraint: region as BucketLocationConstraint };
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration }));
  const statement = {
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${BUCKET}/*`,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
}

async function isBlocked(s3: S3Client): Promise<boolean> {
  try {
    const { PublicAccessBlockConfiguration: block = {} } = await s3.send(
      new GetPublicAccessBlockCommand({ Bucket: BUCKET }),
    );
    return [
      block.BlockPublicAcls,
      block.BlockPublicPolicy,
      block.IgnorePublicAcls,
      block.RestrictPublicBuckets,
    ].every((each) => each === true);
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === "NoSuchPublicAccessBlockConfiguration")
      return false;
    throw error;
  }
}

/** What CloudTrail tells EventBridge of the call: the emulator's CloudTrail tells nothing. */
const tellOfTheCall = (address: AwsAddress): Promise<unknown> =>
  callJson(address, "events", "AWSEvents.PutEvents", {
    Entries: [
      {
        Source: "aws.s3",
        DetailType: "AWS API Call via CloudTrail",
        Detail: JSON.stringify({
          eventID: randomUUID(),
          eventSource: "s3.amazonaws.com",
          eventName: "PutBucketPolicy",
          requestParameters: { bucketName: BUCKET },
        }),
      },
    ],
  });

interface Mailbox {
  /** The subjects of what has come since. */
  read(): Promise<string[]>;
  close(): Promise<void>;
}

/** A queue that gets every notice of the zone. */
async function openMailbox(stage: Stage): Promise<Mailbox> {
  const { address } = stage;
  const [sns, sqs] = [new SNSClient(clientConfig(address)), new SQSClient(clientConfig(address))];
  const topic = (await published(stage, "logging"))("noticesTopicArn");
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: MAILBOX }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: Attributes?.QueueArn }),
  );
  return {
    read: async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      return Messages.map(({ Body = "{}" }) => String((JSON.parse(Body) as { Subject?: string }).Subject));
    },
    close: async () => {
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      sns.destroy();
      sqs.destroy();
    },
  };
}

/** The records of the repair, oldest first: their keys count down. */
async function readChain(s3: S3Client, bucket: string): Promise<ChainedRecord[]> {
  const records: ChainedRecord[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: `${REPAIR}/` })) {
    for (const { Key } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      records.unshift(JSON.parse((await Body?.transformToString()) ?? "") as ChainedRecord);
    }
  }
  return records;
}
