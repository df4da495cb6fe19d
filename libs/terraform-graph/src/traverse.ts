import { isList, isObject, isPlain, Missing, Reference, Unknown, type Value } from "./value";

/** One step of a traversal: `.id`, `["a"]` or `[0]`, `[*]`, and `.*`, which an index ends. */
export type Accessor = { readonly name: string } | { readonly index: Value } | "splat" | "attribute-splat";

/** Where an expression's names come from. */
export interface Scope {
  /** The variables of enclosing `for` expressions. */
  readonly variables: Readonly<Record<string, Value>>;
  /** What `aws_vpc.Vpc.id` or `local.name` stands for; the rest of the accessors are applied to it. */
  readonly resolve: (
    root: string,
    accessors: readonly Accessor[],
  ) => { readonly value: Value; readonly rest: readonly Accessor[] };
}

/** An expression, ready to be evaluated in a scope. */
export type Node = (scope: Scope) => Value;

export const isSplat = (accessor: Accessor | undefined): boolean =>
  accessor === "splat" || accessor === "attribute-splat";

/** The value that a step leads to. A block that JSON writes as an object is a list of one in a reference. */
function access(value: Value, accessor: Accessor): Value {
  if (value instanceof Unknown) return value;
  if (value instanceof Reference) return inside(value, accessor);
  if (accessor === "splat" || accessor === "attribute-splat") {
    if (value === null) return [];
    return isList(value) ? value : [value];
  }
  const key = "name" in accessor ? accessor.name : accessor.index;
  if (key instanceof Unknown) return key;
  if (isList(value) && isPlain(key)) {
    const element = value[Number(key)];
    return element === undefined ? new Missing(`index ${key} of a list of ${value.length}`) : element;
  }
  if (isObject(value) && isPlain(key)) {
    if (Object.hasOwn(value, String(key))) return value[String(key)] ?? null;
    return key === 0 ? value : new Missing(`no key '${key}'`);
  }
  return value === null ? new Missing("a part of nothing") : new Unknown("a value that only AWS knows");
}

/** A part of what only AWS knows is known to AWS alone, and is still the resource's own. */
function inside(reference: Reference, accessor: Accessor): Value {
  const at = (step: string) => new Reference(reference.resource, `${reference.attribute}${step}`);
  if (accessor === "splat" || accessor === "attribute-splat") return at("[*]");
  if ("name" in accessor) return at(`.${accessor.name}`);
  const { index } = accessor;
  if (index instanceof Unknown) return index;
  return isPlain(index) ? at(`[${JSON.stringify(index)}]`) : new Unknown("an index that only AWS knows");
}

/** Applies the steps of a traversal; what follows a splat is applied to each element. */
export function traverse(value: Value, accessors: readonly Accessor[]): Value {
  const [first, ...rest] = accessors;
  if (first === undefined) return value;
  const next = access(value, first);
  if (!isSplat(first) || !isList(next)) return traverse(next, rest);
  const end = first === "splat" ? -1 : rest.findIndex((step) => typeof step === "object" && "index" in step);
  const own = end < 0 ? rest : rest.slice(0, end);
  const elements = next.map((element) => traverse(element, own));
  return end < 0 ? elements : traverse(elements, rest.slice(end));
}
