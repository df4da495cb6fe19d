import { type Node, type Scope } from "./traverse";
import { isList, isObject, Unknown, type Value } from "./value";

/** Evaluates a `for` over a list or an object; a condition or a collection that is unknown makes the whole unknown. */
export function each(
  collection: Value,
  bind: (element: Value, key: Value, scope: Scope) => Scope,
  scope: Scope,
  condition: Node,
  make: Node,
): Value {
  if (!isList(collection) && !isObject(collection)) {
    return collection instanceof Unknown ? collection : new Unknown("a for expression over no list");
  }
  const entries: readonly (readonly [Value, Value])[] = isList(collection)
    ? collection.map((element, index) => [element, index] as const)
    : Object.entries(collection).map(([key, element]) => [element, key] as const);
  const made: Value[] = [];
  for (const [element, key] of entries) {
    const inner = bind(element, key, scope);
    const wanted = condition(inner);
    if (typeof wanted !== "boolean") {
      return wanted instanceof Unknown ? wanted : new Unknown("a condition that is no boolean");
    }
    if (wanted) made.push(make(inner));
  }
  return made;
}
