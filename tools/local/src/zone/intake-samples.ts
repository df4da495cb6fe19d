import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParametersByPathCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type Emulator } from "../emulator/start-emulator";
import { type BatchResult } from "../functions/event-source";

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

export interface SampleResult extends Sample {
  readonly outcome: Outcome;
  /** Why it was dead-lettered. */
  readonly reason?: string;
  readonly traceId?: string;
}

/** Seconds until a document that nothing was heard of counts as lost. */
const TIMEOUT_SECONDS = 60;
const POLL_MS = 200;
const READING_SECONDS = 5;

/** Uploads the samples and follows each one to its end, which is read back from AWS, not believed from logs. */
export class IntakeSamples {
  /** What the function said of each object, by key: told by {@link IntakeSamples.note}. */
  private readonly heard = new Map<string, { readonly outcome: string; readonly traceId: string }>();
  readonly metrics = new Map<string, number>();

  constructor(
    private readonly emulator: Emulator,
    private readonly folder: string,
    private readonly samples: readonly Sample[] = SAMPLES,
  ) {}

  /** Takes in what an invocation reported. */
  note(result: BatchResult): void {
    for (const [name, value] of Object.entries(result.metrics)) {
      this.metrics.set(name, (this.metrics.get(name) ?? 0) + value);
    }
    for (const { key, outcome } of result.logs) {
      if (typeof key !== "string" || typeof outcome !== "string" || outcome === "failed") continue;
      this.heard.set(key, { outcome, traceId: result.traceId });
    }
  }

  /** Uploads the samples one after another, then reads the catalogue and the dead-letter queue. */
  async run(
    signal: AbortSignal,
    onResult: (result: SampleResult) => void = () => undefined,
  ): Promise<SampleResult[]> {
    const values = await this.contract();
    const s3 = new S3Client({ ...this.config(), forcePathStyle: true });
    for (const { file } of this.samples) {
      const body = readFileSync(join(this.folder, file));
      await s3.send(new PutObjectCommand({ Bucket: values.documentsBucketName, Key: file, Body: body }));
      await this.until(() => this.heard.has(file), signal);
    }
    s3.destroy();
    const catalogue = await this.catalogue(values.catalogueTableName ?? "");
    const deadLetters = await this.deadLetters(values.deadLetterQueueUrl ?? "");
    return this.samples.map((sample) => {
      const result = this.judge(sample, catalogue, deadLetters);
      onResult(result);
      return result;
    });
  }

  private judge(
    sample: Sample,
    catalogue: ReadonlySet<string>,
    deadLetters: ReadonlyMap<string, string>,
  ): SampleResult {
    const heard = this.heard.get(sample.file);
    const trace = heard === undefined ? {} : { traceId: heard.traceId };
    const reason = deadLetters.get(sample.file);
    if (reason !== undefined) return { ...sample, ...trace, outcome: "dead-lettered", reason };
    if (catalogue.has(sample.file)) return { ...sample, ...trace, outcome: "catalogued" };
    return { ...sample, ...trace, outcome: heard?.outcome === "deduplicated" ? "deduplicated" : "lost" };
  }

  /** The values that the intake stack has published. */
  private async contract(): Promise<Record<string, string>> {
    const ssm = new SSMClient(this.config());
    const { Parameters = [] } = await ssm.send(
      new GetParametersByPathCommand({ Path: "/landfall/local/intake" }),
    );
    ssm.destroy();
    return Object.fromEntries(
      Parameters.map(({ Name, Value }) => [Name?.split("/").at(-1) ?? "", Value ?? ""]),
    );
  }

  /** The keys of the objects that have a row. */
  private async catalogue(table: string): Promise<Set<string>> {
    const client = new DynamoDBClient(this.config());
    const keys = new Set<string>();
    for await (const page of paginateScan({ client }, { TableName: table })) {
      for (const item of page.Items ?? []) keys.add(item["key"]?.S ?? "");
    }
    client.destroy();
    return keys;
  }

  /** The reason for each dead letter, by the object's key. They stay in the queue. */
  private async deadLetters(url: string): Promise<Map<string, string>> {
    const client = new SQSClient(this.config());
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

  private async until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + TIMEOUT_SECONDS * 1000;
    while (!condition() && Date.now() < deadline) await delay(POLL_MS, undefined, { signal });
  }

  private config() {
    const { endpoint, region, env } = this.emulator;
    const credentials = {
      accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
    };
    return { endpoint, region, credentials };
  }
}
