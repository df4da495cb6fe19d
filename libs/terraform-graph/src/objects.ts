import { isPlain, Unknown, type Value } from "./value";

/** An object of keys and values: unknown where a key is. */
export function objectOf(entries: readonly (readonly [Value, Value])[]): Value {
  const object: Record<string, Value> = {};
  for (const [key, value] of entries) {
    if (!isPlain(key)) return key instanceof Unknown ? key : new Unknown("a key that only AWS knows");
    object[String(key)] = value;
  }
  return object;
}

/** The values of each key together, as `...` asks for. */
export function groupsOf(
  entries: readonly (readonly [Value, Value])[],
): readonly (readonly [Value, Value])[] {
  const groups = new Map<Value, Value[]>();
  for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return [...groups];
}
