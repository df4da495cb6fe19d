import * as z from "zod/mini";
import { type Mode, type Place } from "./repair";

const name = z.string("is missing").check(z.minLength(1, "is empty"));

const environment = z.object({
  AWS_REGION: name,
  ACCOUNT_ID: z.string("is missing").check(z.regex(/^\d{12}$/, "must be 12 digits")),
  ZONE: name,
  REPAIR_MODE: z.enum(["repair", "dry-run"], "must be repair or dry-run"),
  IGNORED_ARNS: z.pipe(
    z.string("is missing"),
    z.transform((text, context) => {
      try {
        return z.parse(z.array(z.string().check(z.startsWith("arn:"))), JSON.parse(text));
      } catch {
        context.issues.push({ code: "custom", message: "must be a JSON list of ARN patterns", input: text });
        return z.NEVER;
      }
    }),
  ),
  RECORDS_BUCKET: name,
  IDEMPOTENCY_TABLE: name,
  NOTICES_TOPIC_ARN: name,
  DEAD_LETTER_QUEUE_URL: z.string("is missing").check(z.url("must be a URL")),
});

/** A function's configuration. */
export interface FunctionSettings {
  readonly place: Place;
  /** The zone's name: its trails start with it. */
  readonly zone: string;
  readonly mode: Mode;
  /** ARN patterns of what is never touched. */
  readonly ignored: readonly string[];
  readonly recordsBucket: string;
  /** DynamoDB table of Powertools idempotency records, key `id`, TTL attribute `expiration`. */
  readonly idempotencyTable: string;
  readonly noticesTopicArn: string;
  readonly deadLetterQueueUrl: string;
}

/**
 * Reads the settings from environment variables.
 * @throws Error that names every missing or wrong variable at once
 */
export function readSettings(env: Readonly<{ [name: string]: string | undefined }>): FunctionSettings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    throw new Error(`Wrong environment: ${problems.join("; ")}`);
  }
  const { data } = parsed;
  return {
    place: { account: data.ACCOUNT_ID, region: data.AWS_REGION },
    zone: data.ZONE,
    mode: data.REPAIR_MODE,
    ignored: data.IGNORED_ARNS,
    recordsBucket: data.RECORDS_BUCKET,
    idempotencyTable: data.IDEMPOTENCY_TABLE,
    noticesTopicArn: data.NOTICES_TOPIC_ARN,
    deadLetterQueueUrl: data.DEAD_LETTER_QUEUE_URL,
  };
}
