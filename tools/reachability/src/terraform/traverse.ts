import { isList, isObject, Unknown, type Value } from "./value";

/** One step of a traversal: `.id`, `["a"]` or `[0]`, `[*]`. */
export type Accessor = { readonly name: string } | { readonly index: Value } | "splat";

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

/** The value that a step leads to. A block that JSON writes as an object is a list of one in a reference. */
function access(value: Value, accessor: Accessor): Value {
  if (value instanceof Unknown) return value;
  if (accessor === "splat") return isList(value) ? value : [value];
  const key = "name" in accessor ? accessor.name : accessor.index;
  if (key instanceof Unknown) return key;
  if (isList(value) && typeof key !== "object") {
    return value[Number(key)] ?? new Unknown(`index ${key} of a list of ${value.length}`);
  }
  if (isObject(value) && key === 0) return value;
  if (isObject(value) && typeof key === "string") return value[key] ?? new Unknown(`no key '${key}'`);
  return new Unknown("a value that only AWS knows");
}

/** Applies the steps of a traversal; what follows a splat is applied to each element. */
export function traverse(value: Value, accessors: readonly Accessor[]): Value {
  const [first, ...rest] = accessors;
  if (first === undefined) return value;
  const next = access(value, first);
  return first === "splat" && isList(next)
    ? next.map((element) => traverse(element, rest))
    : traverse(next, rest);
}
