import { type Node, type Scope } from "./traverse";
import { entriesIn, isList, isObject, Unknown, type Value } from "./value";

/** Evaluates a `for` over a list or an object; a condition or a collection that is unknown makes the whole unknown. */
export function each(
  collection: Value,
  bind: (element: Value, key: Value, scope: Scope) => Scope,
  scope: Scope,
  condition: Node,
  make: (inner: Scope) => Value,
): Value {
  if (!isList(collection) && !isObject(collection)) {
    return collection instanceof Unknown ? collection : new Unknown("a for expression over no list");
  }
  const made: Value[] = [];
  for (const [key, element] of entriesIn(collection)) {
    const inner = bind(element, key, scope);
    const wanted = condition(inner);
    if (typeof wanted !== "boolean") {
      return wanted instanceof Unknown ? wanted : new Unknown("a condition that is no boolean");
    }
    if (wanted) made.push(make(inner));
  }
  return made;
}
