import { type Resource } from "./resource";

/** An attribute that only AWS knows, of a resource that the zone owns: `aws_vpc.Vpc.id`. It identifies the resource. */
export class Reference {
  constructor(
    readonly resource: Resource,
    readonly attribute: string,
  ) {}
}

/** What can't be known from the configuration, and why. */
export class Unknown {
  constructor(readonly reason: string) {}
}

/** What is not there: a key, an index, a function's argument. Terraform's `try` and `can` take it for an error. */
export class Missing extends Unknown {}

/** A text with parts that are no text: `vpc-${aws_vpc.Vpc.id}`, or what `join` makes of references. */
export class Template {
  constructor(readonly parts: readonly (string | Reference | Unknown)[]) {}
}

/** What a Terraform expression comes to. */
export type Value =
  string | number | boolean | null | Reference | Unknown | Template | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [key: string]: Value;
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Value): value is ValueObject =>
  typeof value === "object" &&
  value !== null &&
  !isList(value) &&
  !(value instanceof Reference || value instanceof Unknown || value instanceof Template);

/** Whether a value is a text, a number or a boolean that is known. */
export const isPlain = (value: Value): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const sets = new WeakSet<readonly Value[]>();

/** A set: a list whose equal plain elements stand once, and are their own keys. Plain texts are in order. */
export function setOf(values: readonly Value[]): readonly Value[] {
  const distinct = [...new Set(values)];
  const set = distinct.every((value) => typeof value === "string") ? distinct.sort() : distinct;
  sets.add(set);
  return set;
}

export const isSet = (value: Value): boolean => isList(value) && sets.has(value);

/** Each element with its key: of a list its index, of a set itself, of an object its name. */
export const entriesIn = (
  collection: readonly Value[] | ValueObject,
): readonly (readonly [key: Value, element: Value])[] => {
  if (!isList(collection)) return Object.entries(collection);
  const own = isSet(collection);
  return collection.map((element, index) => [own ? element : index, element] as const);
};

/** A text of the given values: plain where all of them are plain. */
export function concatenate(values: readonly Value[]): Value {
  const parts = values.flatMap((value): (string | Reference | Unknown)[] => {
    if (value instanceof Template) return [...value.parts];
    if (value instanceof Reference || value instanceof Unknown) return [value];
    if (isPlain(value)) return [String(value)];
    return [
      new Unknown(
        `${value === null ? "nothing stands" : "a list or an object stands"} where a text is needed`,
      ),
    ];
  });
  return simplify(parts);
}

/** Neighbouring texts are one, and a text with one part only is that part. */
function simplify(parts: readonly (string | Reference | Unknown)[]): Value {
  const joined: (string | Reference | Unknown)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else if (part !== "") joined.push(part);
  }
  return joined.length > 1 ? new Template(joined) : (joined[0] ?? "");
}

/** Splits a text where it is plain: what AWS fills in is taken to hold no separator, as ids and ARNs do. */
export function splitText(separator: string, text: Value): Value {
  if (text instanceof Unknown) return text;
  const parts = text instanceof Template ? text.parts : [text];
  const pieces: Value[][] = [[]];
  for (const part of parts) {
    if (typeof part !== "string") {
      pieces.at(-1)?.push(part);
      continue;
    }
    const [first = "", ...rest] = part.split(separator);
    pieces.at(-1)?.push(first);
    for (const piece of rest) pieces.push([piece]);
  }
  return pieces.map(concatenate);
}

/** Attributes that differ between any two resources. */
const IDENTIFYING: ReadonlySet<string> = new Set(["id", "arn"]);

/** Terraform's `==`: unknown where only AWS knows. */
export function equal(a: Value, b: Value): Value {
  if (a instanceof Unknown) return a;
  if (b instanceof Unknown) return b;
  if (a instanceof Reference && b instanceof Reference) {
    if (a.attribute === b.attribute && IDENTIFYING.has(a.attribute)) return a.resource === b.resource;
    return a.resource === b.resource && a.attribute === b.attribute
      ? true
      : new Unknown("a comparison of what only AWS knows");
  }
  const opaque = [a, b].some((value) => typeof value === "object" && value !== null);
  return opaque ? new Unknown("a comparison of what only AWS knows") : a === b;
}
