import { createHash } from "node:crypto";

/** A record of the app sentinel, as far as the chain goes. */
export interface ChainedRecord {
  /** What it tells of, e.g. `intended`. */
  readonly phase: string;
  /** 1, 2, 3, … */
  readonly sequence: number;
  /** The hash of the record before it; of 64 zeros in the first. */
  readonly previous: string;
  /** SHA-256 of all the rest. */
  readonly hash: string;
}

const GENESIS = "0".repeat(64);

/** JSON with the keys of every object in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/**
 * Whether no record of a chain was changed, left out, added or moved, by what the records say alone. As an auditor would, it
 * shares no code with the app that wrote them.
 *
 * @param records oldest first, from the first on
 */
export const isSoundChain = (records: readonly ChainedRecord[]): boolean =>
  records.length > 0 &&
  records.every(({ hash, ...rest }, at) => {
    const digest = createHash("sha256").update(canonical(rest)).digest("hex");
    const before = records[at - 1]?.hash ?? GENESIS;
    return digest === hash && rest.sequence === at + 1 && rest.previous === before;
  });
