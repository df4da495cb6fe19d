import { batchOutcome, type InvocationEnd } from "./batch-outcome";

/** A record of a DynamoDB stream, as the function gets it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly [name: string]: unknown;
  };
  readonly [name: string]: unknown;
}

/** How a mapping wants failures to be handled. */
export interface StreamPolicy {
  /** Halve a failed batch, to find the record that it fails for. */
  readonly bisect: boolean;
  /** Whether the function reports failed records. */
  readonly reportsFailures: boolean;
  /** Tries after the first one; undefined: until the records are too old. */
  readonly maxRetries: number | undefined;
  /** Seconds; undefined: as long as the stream keeps them. */
  readonly maxRecordAgeSeconds: number | undefined;
}

/** Why records were given up. */
export type GiveUpReason = "RetryAttemptsExhausted" | "RecordAgeExceeded";

export interface StreamDelivery {
  /** Calls the function. @returns undefined when it was ended meanwhile, which says nothing of the records */
  invoke(records: readonly StreamRecord[]): Promise<InvocationEnd | undefined>;
  /** Told of records that are given up, before those after them are delivered. */
  giveUp(
    records: readonly StreamRecord[],
    reason: GiveUpReason,
    tries: number,
    end: InvocationEnd,
  ): Promise<void>;
  /** Waits before records are tried again. @returns false to stop */
  pause(): Promise<boolean>;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Delivers records in their order, each until it is done or given up; those after a failed one wait for it.
 *
 * What is done before the first failed record is not delivered again. A failed batch is halved where the mapping wants
 * that, which counts as no try; else it is tried again as a whole.
 *
 * @returns false when it was stopped before every record was done or given up
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export async function deliverInOrder(
  records: readonly StreamRecord[],
  policy: StreamPolicy,
  delivery: StreamDelivery,
): Promise<boolean> {
  const pieces: { readonly records: readonly StreamRecord[]; readonly tries: number }[] = [
    { records, tries: 0 },
  ];
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    const end = await delivery.invoke(piece.records);
    if (end === undefined) return false;
    const firstFailed = firstFailure(piece.records, end, policy.reportsFailures);
    if (firstFailed === undefined) continue;
    const rest = piece.records.slice(firstFailed);
    // What failed after others were done has been at the head of a batch for the first time.
    const tries = firstFailed > 0 ? 1 : piece.tries + 1;
    const reason = whyGivenUp(rest, tries, policy, delivery.now());
    if (policy.bisect && rest.length > 1 && reason !== "RecordAgeExceeded") {
      const middle = Math.ceil(rest.length / 2);
      pieces.unshift(
        { records: rest.slice(0, middle), tries: tries - 1 },
        { records: rest.slice(middle), tries: tries - 1 },
      );
    } else if (reason !== undefined) {
      await delivery.giveUp(rest, reason, tries, end);
      continue;
    } else pieces.unshift({ records: rest, tries });
    if (!(await delivery.pause())) return false;
  }
  return true;
}

const whyGivenUp = (
  [oldest]: readonly StreamRecord[],
  tries: number,
  { maxRetries, maxRecordAgeSeconds }: StreamPolicy,
  now: number,
): GiveUpReason | undefined => {
  const age = now / 1000 - (oldest?.dynamodb.ApproximateCreationDateTime ?? 0);
  if (maxRecordAgeSeconds !== undefined && age > maxRecordAgeSeconds) return "RecordAgeExceeded";
  return maxRetries !== undefined && tries > maxRetries ? "RetryAttemptsExhausted" : undefined;
};

/** The place of the first record that is not done; undefined when all are. */
const firstFailure = (
  records: readonly StreamRecord[],
  end: InvocationEnd,
  reportsFailures: boolean,
): number | undefined => {
  const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const failed = new Set(batchOutcome(numbers, end, reportsFailures).failed);
  const first = numbers.findIndex((number) => failed.has(number));
  return first < 0 ? undefined : first;
};
