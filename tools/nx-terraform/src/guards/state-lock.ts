import { hostname } from "node:os";

/** Who holds the lock of a state, as Terraform tells it. */
export interface StateLock {
  /** A UUID, which releases it. */
  readonly id: string;
  /** e.g. `ana@laptop` */
  readonly who: string;
  /** What it was taken for, e.g. `OperationTypeApply`. */
  readonly operation: string;
  /** When it was taken, e.g. `2026-01-02 03:04:05.6 +0000 UTC`. */
  readonly created: string;
}

const OPERATIONS: Readonly<Record<string, string>> = {
  OperationTypeApply: "a deploy or a destroy",
  OperationTypePlan: "a plan",
  OperationTypeRefresh: "a refresh",
};

/**
 * Reads the block `Lock Info:` of an error.
 *
 * @returns `undefined` where there is none
 */
export function parseStateLock(said: string): StateLock | undefined {
  const field = (name: string) => new RegExp(`^\\s*${name}:[ \\t]+(.+?)\\s*$`, "m").exec(said)?.[1];
  const id = field("ID");
  if (id === undefined) return undefined;
  return {
    id,
    who: field("Who") ?? "someone",
    operation: field("Operation") ?? "an unknown operation",
    created: field("Created") ?? "an unknown time",
  };
}

/**
 * e.g. `locked by ana@laptop, for a deploy or a destroy, since 2026-01-02 03:04:05 UTC (3 h ago), on this machine`
 *
 * @param now milliseconds since the epoch
 * @param host the name of this machine
 */
export function describeStateLock(
  { who, operation, created }: StateLock,
  now: number = Date.now(),
  host: string = hostname(),
): string {
  const since = Date.parse(created.replace(/^(\S+) (\d\d:\d\d:\d\d)(?:\.\d+)? .*$/, "$1T$2Z"));
  const when = Number.isNaN(since)
    ? created
    : `${new Date(since).toISOString().replace("T", " ").replace(/\..*$/, "")} UTC (${ago(now - since)} ago)`;
  const here = who.endsWith(`@${host}`) ? ", on this machine" : "";
  return `locked by ${who}, for ${OPERATIONS[operation] ?? operation}, since ${when}${here}`;
}

function ago(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
