import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type AwsAddress, clientConfig } from "../functions/aws-clients";
import { type BatchResult } from "../functions/event-source";
import { Heard, until } from "./heard";
import { ROOT } from "./local-zone";
import { published } from "./published";
import { type AppSamples, type SampleResult, type Stage } from "./sample";

/** What became of an uploaded document. */
export type Outcome = "catalogued" | "deduplicated" | "dead-lettered" | "lost";

/** A document and what must become of it. */
export interface Sample {
  /** Its name in the folder of samples, and its key in the bucket. */
  readonly file: string;
  readonly expected: Exclude<Outcome, "lost">;
}

/** The documents of `apps/intake/samples`. A duplicate comes after what it repeats. */
export const SAMPLES: readonly Sample[] = [
  { file: "annual-report.json", expected: "catalogued" },
  { file: "minutes.csv", expected: "catalogued" },
  { file: "handbook.json", expected: "catalogued" },
  { file: "annual-report-again.json", expected: "deduplicated" },
  { file: "broken.json", expected: "dead-lettered" },
];

const READING_SECONDS = 5;

/** Uploads the samples and follows each one to its end. */
export class IntakeSamples implements AppSamples {
  readonly app = "intake";
  readonly title = "documents put into the bucket of the app intake";
  readonly path = "through S3, EventBridge, SQS and the deployed function to DynamoDB";
  /** What the function said of each object, by key. */
  private readonly said = new Map<string, { readonly outcome: string; readonly traceId: string }>();
  private readonly heard = new Heard(this.app, ({ key, outcome }, traceId) => {
    if (typeof key !== "string" || typeof outcome !== "string" || outcome === "failed") return;
    this.said.set(key, { outcome, traceId });
  });
  readonly metrics = this.heard.metrics;

  /** @param folder of the samples. @default that of the app */
  constructor(
    private readonly folder: string = join(ROOT, "apps", "intake", "samples"),
    private readonly samples: readonly Sample[] = SAMPLES,
  ) {}

  note(result: BatchResult): void {
    this.heard.note(result);
  }

  /** Uploads the samples one after another, then reads the catalogue and the dead-letter queue. */
  async run(
    stage: Stage,
    onResult: (result: SampleResult) => void = () => undefined,
  ): Promise<SampleResult[]> {
    const { address, signal } = stage;
    const value = await published(stage, this.app);
    const s3 = new S3Client({ ...clientConfig(address), forcePathStyle: true });
    for (const { file } of this.samples) {
      const body = readFileSync(join(this.folder, file));
      await s3.send(new PutObjectCommand({ Bucket: value("documentsBucketName"), Key: file, Body: body }));
      await until(() => this.said.has(file), signal);
    }
    s3.destroy();
    const catalogue = await catalogued(address, value("catalogueTableName"));
    const dead = await deadLetters(address, value("deadLetterQueueUrl"));
    return this.samples.map((sample) => {
      const result = this.judge(sample, catalogue, dead);
      onResult(result);
      return result;
    });
  }

  private judge(
    { file: what, expected }: Sample,
    catalogue: ReadonlySet<string>,
    dead: ReadonlyMap<string, string>,
  ): SampleResult {
    const said = this.said.get(what);
    const known = { what, expected, ...(said === undefined ? {} : { traceId: said.traceId }) };
    const reason = dead.get(what);
    if (reason !== undefined) return { ...known, outcome: "dead-lettered" satisfies Outcome, reason };
    const outcome: Outcome = catalogue.has(what)
      ? "catalogued"
      : said?.outcome === "deduplicated"
        ? "deduplicated"
        : "lost";
    return { ...known, outcome };
  }
}

/** The keys of the objects that have a row. */
async function catalogued(address: AwsAddress, table: string): Promise<Set<string>> {
  const client = new DynamoDBClient(clientConfig(address));
  const keys = new Set<string>();
  for await (const page of paginateScan({ client }, { TableName: table })) {
    for (const item of page.Items ?? []) keys.add(item["key"]?.S ?? "");
  }
  client.destroy();
  return keys;
}

/** The reason for each dead letter, by the object's key. They stay in the queue. */
async function deadLetters(address: AwsAddress, url: string): Promise<Map<string, string>> {
  const client = new SQSClient(clientConfig(address));
  const reasons = new Map<string, string>();
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        // Hidden for as long as reading takes, so that each message is read once.
        VisibilityTimeout: READING_SECONDS,
        MessageAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) break;
    for (const { Body = "{}", MessageAttributes = {} } of Messages) {
      const event = JSON.parse(Body) as { detail?: { object?: { key?: string } } };
      reasons.set(
        event.detail?.object?.key ?? "",
        MessageAttributes["reason"]?.StringValue ?? "without a reason",
      );
    }
  }
  client.destroy();
  return reasons;
}
