import { createHash } from "node:crypto";
import { type Mode, type RepairName } from "./repair";

/**
 * What a record tells of: a repair is `intended` before it is done, and `repaired`, `failed` or, where the function died between
 * the two, `confirmed` afterwards. In a dry run it is `reported` alone.
 */
export type Phase = "confirmed" | "failed" | "intended" | "repaired" | "reported";

/** What is told of a repair. */
export interface Entry {
  readonly phase: Phase;
  readonly mode: Mode;
  /** Id of the event that made sentinel look. */
  readonly eventId: string;
  /** e.g. `aws.guardduty: GuardDuty Finding`. */
  readonly trigger: string;
  readonly target: string;
  readonly arn: string;
  /** Why it was done. */
  readonly why: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** A link of the chain: an entry, the hash of the link before, and its own. */
export interface RepairRecord extends Entry {
  readonly version: 1;
  /** The chain that it belongs to: each repair has its own. */
  readonly chain: RepairName;
  /** 1, 2, 3, … */
  readonly sequence: number;
  /** The hash of the record before it; of 64 zeros in the first. */
  readonly previous: string;
  /** SHA-256, in hexadecimal, of all the rest in {@link canonical} form. */
  readonly hash: string;
}

/** What stands before the first record. */
export const GENESIS = "0".repeat(64);

/** JSON with the keys of every object in order: the same for the same value. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
  return `{${fields.join(",")}}`;
}

const digest = (record: Omit<RepairRecord, "hash">): string =>
  createHash("sha256").update(canonical(record)).digest("hex");

/** Links an entry to the record before it. */
export function seal(chain: RepairName, entry: Entry, before: RepairRecord | undefined): RepairRecord {
  const open = {
    ...entry,
    version: 1 as const,
    chain,
    sequence: (before?.sequence ?? 0) + 1,
    previous: before?.hash ?? GENESIS,
  };
  return { ...open, hash: digest(open) };
}

/**
 * What is wrong with a chain: a record that was changed, left out, added or moved. Records cut off its end can't be told from
 * records that were never written: compare the last hash with the one that the last notice names.
 *
 * @param records oldest first, from the first on
 * @returns each fault in words; none for a sound chain
 */
export function chainFaults(records: readonly RepairRecord[]): readonly string[] {
  return records.flatMap((record, index) => {
    const { hash, ...rest } = record;
    const before = records[index - 1];
    const at = `record ${index + 1}`;
    return [
      ...(digest(rest) === hash ? [] : [`${at} was changed: its hash is not that of its content`]),
      ...(record.sequence === index + 1
        ? []
        : [`${at} has the sequence ${record.sequence}: records are missing or moved`]),
      ...(record.previous === (before?.hash ?? GENESIS)
        ? []
        : [`${at} does not follow from the one before it`]),
      ...(record.chain === records[0]?.chain ? [] : [`${at} is of another chain`]),
    ];
  });
}

/** The targets whose repair an event asked for, that was intended, and of which no end is told. */
export function unfinished(
  records: readonly RepairRecord[],
  eventId: string,
): ReadonlyMap<string, RepairRecord> {
  const open = new Map<string, RepairRecord>();
  for (const record of records.filter((each) => each.eventId === eventId)) {
    if (record.phase === "intended") open.set(record.target, record);
    else open.delete(record.target);
  }
  return open;
}
