import { parse } from "@aws-lambda-powertools/parser";
import * as z from "zod/mini";
import { Refusal } from "./refusal";
import { wrongPaths } from "./wrong-paths";

/** An uploaded object as its event announces it. */
export interface Upload {
  readonly bucket: string;
  /** As stored: unlike S3's own notifications, EventBridge events don't URL-encode the key. At most 1024 characters. */
  readonly key: string;
  /** Absent when the bucket is not versioned. */
  readonly versionId?: string;
  /** Bytes, as announced; what is read decides. */
  readonly size: number;
}

/**
 * The part of the event that we rely on. Other fields are left alone, since AWS adds some from time to time.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
const objectCreated = z.object({
  source: z.literal("aws.s3"),
  "detail-type": z.literal("Object Created"),
  detail: z.object({
    bucket: z.object({ name: z.string().check(z.minLength(3), z.maxLength(63)) }),
    object: z.object({
      // S3 keeps keys as UTF-8, which has no lone surrogates: what holds one can't be asked for.
      key: z.string().check(z.minLength(1), z.maxLength(1024), z.regex(/^\P{Cs}*$/u)),
      size: z.int().check(z.nonnegative()),
      "version-id": z.optional(z.string().check(z.minLength(1), z.maxLength(1024))),
    }),
  }),
});

/**
 * Reads the body of a queue message as an EventBridge event "Object Created" of S3.
 * @throws Refusal `invalid-event`
 */
export function parseUpload(body: string): Upload {
  const event = parse(parseJson(body), undefined, objectCreated, true);
  if (!event.success) {
    throw new Refusal("invalid-event", `not an S3 "Object Created" event: ${wrongPaths(event.error)}`);
  }
  const { bucket, object } = event.data.detail;
  const versionId = object["version-id"];
  return {
    bucket: bucket.name,
    key: object.key,
    size: object.size,
    ...(versionId !== undefined && { versionId }),
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal("invalid-event", "the message body is not JSON");
  }
}
