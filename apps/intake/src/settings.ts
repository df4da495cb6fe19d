import * as z from "zod/mini";

const name = z.string("is missing").check(z.minLength(1, "is empty"));

const environment = z.object({
  CATALOGUE_TABLE: name,
  IDEMPOTENCY_TABLE: name,
  QUARANTINE_PREFIX: z
    .string("is missing")
    .check(z.regex(/^[a-z-]+\/$/, "must be lower-case letters and a slash")),
  DEAD_LETTER_QUEUE_URL: z.string("is missing").check(z.url("must be a URL")),
  MAX_DOCUMENT_BYTES: z
    .string("is missing")
    .check(z.regex(/^[1-9]\d{0,7}$/, "must be a whole number of bytes, 1 to 99999999")),
});

/** The function's configuration. */
export interface Settings {
  /** DynamoDB table of catalogued documents, key `pk`. */
  readonly catalogueTable: string;
  /** DynamoDB table of Powertools idempotency records, key `id`, TTL attribute `expiration`. */
  readonly idempotencyTable: string;
  /** Where refused objects are moved to within their bucket, e.g. `quarantine/`. */
  readonly quarantinePrefix: string;
  readonly deadLetterQueueUrl: string;
  /** Bytes. */
  readonly maxDocumentBytes: number;
}

/**
 * Reads the settings from environment variables.
 * @throws Error that names every missing or wrong variable at once
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    throw new Error(`Wrong environment: ${problems.join("; ")}`);
  }
  return {
    catalogueTable: parsed.data.CATALOGUE_TABLE,
    idempotencyTable: parsed.data.IDEMPOTENCY_TABLE,
    quarantinePrefix: parsed.data.QUARANTINE_PREFIX,
    deadLetterQueueUrl: parsed.data.DEAD_LETTER_QUEUE_URL,
    maxDocumentBytes: Number(parsed.data.MAX_DOCUMENT_BYTES),
  };
}
