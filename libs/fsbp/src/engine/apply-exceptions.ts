import { isRecord, type JsonRecord, type Resource } from "@landfall/terraform-graph";
import { controlOf, isControl } from "../controls";
import { EXCEPTIONS_KEY, type Exception, LONGEST_DAYS } from "./exception";
import { type ExceptionProblem, type Finding } from "./finding";
import { locationOf } from "./location";

const DAY_MS = 86_400_000;

export interface ApplyExceptionsOptions {
  /** The controls that were judged: what was not says nothing of its exceptions. */
  readonly judged: ReadonlySet<string>;
  readonly today: Date;
  /** The controls that the zone as a whole does without, each with the reason. */
  readonly accepted: ReadonlyMap<string, string>;
}

/** An exception where it is declared: once for all copies of a resource. */
interface Held {
  readonly exception: Exception;
  readonly resource: Resource;
  used: boolean;
}

/**
 * Marks the findings that an exception covers, and tells what is wrong with exceptions: one that has expired, that nothing
 * needs, or that is too broad.
 */
export function applyExceptions(
  findings: readonly Finding[],
  resources: readonly Resource[],
  { judged, today, accepted }: ApplyExceptionsOptions,
): { readonly findings: readonly Finding[]; readonly exceptionProblems: readonly ExceptionProblem[] } {
  const problems: ExceptionProblem[] = [];
  /** By declaration, and by control within it. */
  const declared = new Map<JsonRecord, Map<string, Held>>();
  const byLabel = new Map<string, Map<string, Held>>();
  for (const resource of resources) {
    const exceptions = exceptionsOf(resource);
    if (exceptions.length === 0) continue;
    let held = declared.get(resource.config);
    if (held === undefined) {
      held = new Map();
      declared.set(resource.config, held);
      for (const exception of exceptions) {
        const problem = held.has(exception.control)
          ? `${exception.control} is excepted twice here: keep one`
          : problemOf(exception, today);
        if (problem === undefined) held.set(exception.control, { exception, resource, used: false });
        else problems.push({ location: locationOf(resource), exception, problem });
      }
    }
    byLabel.set(resource.label, held);
  }
  const marked = findings.map((finding) => {
    const held = byLabel.get(`${finding.location.stack}/${finding.location.address}`)?.get(finding.control);
    if (!["non-compliant", "unknown"].includes(finding.verdict.status)) return finding;
    if (held !== undefined) {
      held.used = true;
      return { ...finding, exception: held.exception };
    }
    const reason = accepted.get(finding.control);
    return reason === undefined
      ? finding
      : { ...finding, exception: { control: finding.control, reason, owner: "zone", expires: "" } };
  });
  for (const held of declared.values()) {
    for (const { exception, resource, used } of held.values()) {
      if (used || !judged.has(exception.control)) continue;
      const problem = `${exception.control} asks nothing of this resource, or is met: remove the exception`;
      problems.push({ location: locationOf(resource), exception, problem });
    }
  }
  return { findings: marked, exceptionProblems: problems };
}

/** The exceptions that a resource carries: what is no exception is one of nothing, and so a problem. */
export function exceptionsOf({ metadata }: Resource): readonly Exception[] {
  const carried = metadata[EXCEPTIONS_KEY];
  if (carried === undefined) return [];
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return [carried].flat().map((each) => {
    const { control, reason, owner, expires } = isRecord(each) ? each : {};
    return { control: text(control), reason: text(reason), owner: text(owner), expires: text(expires) };
  });
}

function problemOf({ control, reason, owner, expires }: Exception, today: Date): string | undefined {
  if (!isControl(control)) {
    return `'control' must be the id of one control, e.g. S3.9, got: ${control || "nothing"}`;
  }
  if (controlOf(control).scope === "runtime")
    return `${control} is not decided from code: nothing is excepted`;
  if (reason.trim() === "" || owner.trim() === "") return "'reason' and 'owner' must be given";
  const end = Date.parse(`${expires}T23:59:59.999Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || !isDay(expires, end)) {
    return `'expires' must be a day, e.g. 2027-03-31, got: ${expires || "nothing"}`;
  }
  if (end < today.getTime()) return `it has expired on ${expires}: mend the cause, or decide again`;
  return end - today.getTime() > LONGEST_DAYS * DAY_MS
    ? `'expires' must be within ${LONGEST_DAYS} days, got: ${expires}`
    : undefined;
}

/** JavaScript takes 2027-02-31 for the third of March. */
const isDay = (text: string, end: number): boolean =>
  !Number.isNaN(end) && new Date(end).toISOString().startsWith(text);
