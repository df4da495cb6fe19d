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

/** A text of the given values: plain where all of them are plain. */
export function concatenate(values: readonly Value[]): Value {
  const parts = values.flatMap((value): (string | Reference | Unknown)[] => {
    if (value instanceof Template) return [...value.parts];
    if (value instanceof Reference || value instanceof Unknown) return [value];
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      return [String(value)];
    }
    return [new Unknown("a list or an object stands where a text is needed")];
  });
  return parts.every((part) => typeof part === "string")
    ? parts.join("")
    : simplify(new Template(parts.filter((part) => part !== "")));
}

/** A text with one part only is that part. */
const simplify = (template: Template): Value =>
  template.parts.length === 1 ? (template.parts[0] ?? "") : template;

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

/** Terraform's `==`: unknown where only AWS knows. */
export function equal(a: Value, b: Value): Value {
  if (a instanceof Unknown) return a;
  if (b instanceof Unknown) return b;
  if (a instanceof Reference && b instanceof Reference) {
    return a.resource === b.resource && a.attribute === b.attribute;
  }
  const opaque = [a, b].some((value) => typeof value === "object" && value !== null);
  return opaque ? new Unknown("a comparison of what only AWS knows") : a === b;
}
