import {
  isList,
  isObject,
  isPlain,
  Reference,
  Template,
  Unknown,
  type Value,
} from "@landfall/terraform-graph";

/** Why what only AWS knows is not known here. */
export const reasonOf = ({ resource, attribute }: Reference): string =>
  `${resource.label}.${attribute} is not known before it is deployed`;

/** Why a value, or a part of it, is not known before it is deployed; `undefined` where all of it is. */
function unknownIn(value: Value): string | undefined {
  if (value instanceof Unknown) return value.reason;
  if (value instanceof Reference) return reasonOf(value);
  return partsOf(value)
    .map(unknownIn)
    .find((reason) => reason !== undefined);
}

function partsOf(value: Value): readonly Value[] {
  if (value instanceof Template) return value.parts;
  if (isList(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

/** The value itself. @throws Error naming `what` and the reference where a part of it is not known */
export function known(value: Value, what: string): Value {
  const reason = unknownIn(value);
  if (reason !== undefined) throw new Error(`${what}: ${reason}`);
  return value;
}

/** A value as text. @throws Error naming `what` where it is none or not known */
export function textOf(value: Value, what: string): string {
  const found = known(value, what);
  if (isPlain(found)) return String(found);
  throw new Error(`${what} must be a text, got: ${JSON.stringify(found)}`);
}
