import { concatenate, isList, isObject, Reference, Template, Unknown, type Value } from "./value";

/** Stands for what is not known while the JSON around it is parsed: a character that no text uses. */
const MARK = "\u{F0000}";
const MARKED = new RegExp(`${MARK}(\\d+)${MARK}`, "u");

/** A text as it stands between quotes in JSON. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A value as JSON text, as `jsonencode` makes it: what is not known stays a part of the text. */
export function toJson(value: Value): Value {
  if (value instanceof Unknown) return value;
  if (isList(value)) {
    const parts = value.flatMap((item, index): Value[] => [index === 0 ? "[" : ",", toJson(item)]);
    return concatenate([...(parts.length === 0 ? ["["] : parts), "]"]);
  }
  if (isObject(value)) {
    const parts = Object.entries(value).flatMap(([key, item], index): Value[] => [
      `${index === 0 ? "{" : ","}${JSON.stringify(key)}:`,
      toJson(item),
    ]);
    return concatenate([...(parts.length === 0 ? ["{"] : parts), "}"]);
  }
  if (value instanceof Reference) return concatenate(['"', value, '"']);
  if (value instanceof Template) {
    const parts = value.parts.map((part) => (typeof part === "string" ? escaped(part) : part));
    return concatenate(['"', ...parts, '"']);
  }
  return JSON.stringify(value);
}

/** What JSON text comes to, as `jsondecode` reads it: a text in it may hold what is not known. */
export function fromJson(text: Value): Value {
  if (text instanceof Unknown) return text;
  if (text instanceof Reference) return new Unknown("a JSON text that only AWS knows");
  const hidden: (Reference | Unknown)[] = [];
  const parts = text instanceof Template ? text.parts : [text];
  const marked = parts
    .map((part) => {
      if (part instanceof Reference || part instanceof Unknown) {
        hidden.push(part);
        return `${MARK}${hidden.length - 1}${MARK}`;
      }
      return typeof part === "string" ? part : JSON.stringify(part);
    })
    .join("");
  try {
    return restore(JSON.parse(marked), hidden);
  } catch {
    const [unknown] = hidden.filter((part) => part instanceof Unknown);
    return (
      unknown ??
      new Unknown(hidden.length > 0 ? "a part of the JSON text is not known" : "the text is no JSON")
    );
  }
}

function restore(value: unknown, hidden: readonly (Reference | Unknown)[]): Value {
  if (typeof value === "string") {
    if (!value.includes(MARK)) return value;
    return concatenate(
      value.split(MARKED).map((part, index) => (index % 2 === 0 ? part : (hidden[Number(part)] ?? ""))),
    );
  }
  if (Array.isArray(value)) return value.map((item: unknown) => restore(item, hidden));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => entryOf(restore(key, hidden), restore(item, hidden))),
    );
  }
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** A key must be a text: what only AWS knows of it is written as an expression, and hides nothing. */
function entryOf(key: Value, value: Value): readonly [string, Value] {
  const parts = key instanceof Template ? key.parts : [key];
  const text = parts
    .map((part) =>
      part instanceof Reference ? `\${${part.resource.address}.${part.attribute}}` : String(part),
    )
    .join("");
  const unknown = parts.find((part) => part instanceof Unknown);
  return unknown instanceof Unknown ? ["?", unknown] : [text, value];
}
