import { logical } from "../operators";
import { equal, isList, isObject, isPlain, Missing, setOf, Unknown, type Value } from "../value";
import { type Functions, need, ofList, ofNumbers, ofObject } from "./function";

const toSet = (list: Value | undefined): Value => ofList(list, setOf);

/** Whether an element is in a list: unknown where only AWS could tell. */
function contains(list: Value, wanted: Value): Value {
  return ofList(list, (values) => {
    const answers = values.map((value) => equal(value, wanted));
    return answers.includes(true) || (answers.find((answer) => answer instanceof Unknown) ?? false);
  });
}

function length(value: Value): Value {
  if (isList(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  return typeof value === "string" ? [...value].length : need([value], "a list");
}

function merge(objects: readonly Value[]): Value {
  const given = objects.filter((object) => object !== null);
  return given.every(isObject) ? Object.assign({}, ...given) : need(given, "an object");
}

/** The first that is neither null nor, where texts count, empty. What is not known might be it. */
const firstSet = (values: readonly Value[], isEmpty: (value: Value) => boolean): Value =>
  values.find((value) => value !== null && !isEmpty(value)) ?? new Missing("no value is given");

function range(...bounds: readonly number[]): Value {
  const [start = 0, end = 0, step = start <= end ? 1 : -1] =
    bounds.length === 1 ? [0, bounds[0] ?? 0] : bounds;
  const count = step === 0 ? 0 : Math.ceil((end - start) / step);
  if (count > 1024) return new Unknown(`range() of ${count} numbers`);
  return Array.from({ length: Math.max(0, count) }, (_, index) => start + index * step);
}

const flatten = (value: Value): readonly Value[] => (isList(value) ? value.flatMap(flatten) : [value]);

function sort(list: readonly Value[]): Value {
  return list.every(isPlain) ? list.map(String).sort() : list;
}

/** Whether all (or one) of the values are true: unknown where that can't be told. */
const booleans = (list: Value | undefined, deciding: boolean): Value =>
  ofList(list, (values) => {
    const answers = values.map((value) => logical(value, (each) => each));
    if (answers.includes(deciding)) return deciding;
    return answers.find((answer) => answer instanceof Unknown) ?? !deciding;
  });

const among = (
  sets: readonly Value[],
  make: (first: readonly Value[], rest: readonly (readonly Value[])[]) => Value,
) => {
  const [first, ...rest] = sets.filter(isList);
  return first === undefined ||
    rest.length + 1 < sets.length ||
    sets.flat().some((value) => !isPlain(value as Value))
    ? need(sets.flat() as readonly Value[], "a set")
    : make(first, rest);
};

function zip(keys: Value, values: Value): Value {
  return ofList(keys, (names) =>
    ofList(values, (elements) =>
      names.every(isPlain)
        ? Object.fromEntries(names.map((name, index) => [String(name), elements[index] ?? null]))
        : need(names, "a key"),
    ),
  );
}

/** A list is its own elements, an object its values by their keys' order. */
export const COLLECTIONS: Functions = {
  tolist: (value = null) => value,
  tomap: (value = null) => value,
  toset: toSet,
  sort: (list) => ofList(list, sort),
  reverse: (list) => ofList(list, (values) => [...values].reverse()),
  concat: (...lists) => {
    const unknown = lists.find((list) => list instanceof Unknown);
    return unknown ?? lists.flatMap((list) => (isList(list) ? list : [list]));
  },
  flatten: (list) => ofList(list, flatten),
  compact: (list) => ofList(list, (values) => values.filter((value) => value !== "" && value !== null)),
  distinct: (list) => ofList(list, (values) => [...new Set(values)]),
  contains: (list = null, wanted = null) => contains(list, wanted),
  length: (value = null) => length(value),
  keys: (object) => ofObject(object, (value) => Object.keys(value).sort()),
  values: (object) =>
    ofObject(object, (value) =>
      Object.keys(value)
        .sort()
        .map((key) => value[key] ?? null),
    ),
  merge: (...objects) => merge(objects),
  zipmap: (keys = null, values = null) => zip(keys, values),
  coalesce: (...values) => firstSet(values, (value) => value === ""),
  coalescelist: (...lists) => firstSet(lists, (value) => isList(value) && value.length === 0),
  one: (list) =>
    ofList(list, (values) =>
      values.length > 1 ? new Missing(`one() of ${values.length} values`) : (values[0] ?? null),
    ),
  element: (list, index = null) =>
    ofList(list, (values) =>
      typeof index === "number" && values.length > 0
        ? (values[((index % values.length) + values.length) % values.length] ?? null)
        : new Missing("element() of an empty list"),
    ),
  slice: (list, from = null, to = null) =>
    typeof from === "number" && typeof to === "number"
      ? ofList(list, (values) => values.slice(from, to))
      : need([from, to], "a number"),
  lookup: (object = null, key = null, fallback = new Missing("lookup() of a key that is not there")) => {
    if (!isObject(object)) return need([object], "an object");
    return isPlain(key) ? (object[String(key)] ?? fallback) : need([key], "a key");
  },
  range: ofNumbers(range),
  alltrue: (list) => booleans(list, false),
  anytrue: (list) => booleans(list, true),
  setunion: (...sets) => among(sets, (first, rest) => setOf([...first, ...rest.flat()])),
  setintersection: (...sets) =>
    among(sets, (first, rest) => setOf(first.filter((value) => rest.every((set) => set.includes(value))))),
  setsubtract: (...sets) =>
    among(sets, (first, rest) => setOf(first.filter((value) => !rest.some((set) => set.includes(value))))),
};
