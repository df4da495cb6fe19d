import { LandfallError } from "@landfall/core";

/** A filter of an event source mapping: names lead to patterns, or to lists of what a value may be. */
export type EventPattern = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean => value === null || typeof value !== "object";

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  "=": (value, limit) => value === limit,
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
};

const numeric = (value: unknown, conditions: unknown): boolean => {
  if (typeof value !== "number" || !Array.isArray(conditions)) return false;
  const list = conditions as unknown[];
  for (let at = 0; at < list.length; at += 2) {
    const compare = COMPARISONS[String(list[at])];
    if (compare?.(value, Number(list[at + 1])) !== true) return false;
  }
  return true;
};

/** What a value must be, by the operator's name. */
const OPERATORS: Readonly<Record<string, (value: unknown, operand: unknown) => boolean>> = {
  exists: (value, wanted) => (value !== undefined && isScalar(value)) === wanted,
  prefix: (value, start) => typeof value === "string" && value.startsWith(String(start)),
  suffix: (value, end) => typeof value === "string" && value.endsWith(String(end)),
  "equals-ignore-case": (value, other) =>
    typeof value === "string" && value.toLowerCase() === String(other).toLowerCase(),
  "anything-but": (value, others) => value !== undefined && ![others].flat().includes(value),
  numeric,
};

const allows = (allowed: unknown, value: unknown): boolean => {
  if (!isObject(allowed)) return value === allowed;
  return Object.entries(allowed).every(([name, operand]) => {
    const operator = OPERATORS[name];
    if (!operator) throw new LandfallError(`The filter's operator ${name} is not known here`);
    return operator(value, operand);
  });
};

/**
 * Whether an event is one of those that a filter lets through. Values of a list are looked at one by one.
 *
 * @throws LandfallError when the filter uses an operator that is not known here
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const matchesPattern = (pattern: EventPattern, event: unknown): boolean =>
  Object.entries(pattern).every(([name, wanted]) => {
    const value = isObject(event) ? event[name] : undefined;
    if (!Array.isArray(wanted)) return isObject(wanted) && matchesPattern(wanted, value);
    const values: unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
    return wanted.some((allowed) => values.some((each) => allows(allowed, each)));
  });
