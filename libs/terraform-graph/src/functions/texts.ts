import { createHash } from "node:crypto";
import { fromJson, toJson } from "../json-text";
import { concatenate, isPlain, splitText, Unknown, type Value } from "../value";
import { type Functions, need, ofList, ofNumbers, ofTexts } from "./function";

/** `format` for what stands in names and ARNs: `%s`, `%d`, `%v`, `%q`, `%%` and numbers with leading zeros. */
function format(pattern: Value, values: readonly Value[]): Value {
  if (typeof pattern !== "string") return need([pattern], "a text");
  let next = 0;
  const parts: Value[] = [];
  let end = 0;
  for (const match of pattern.matchAll(/%(?:%|(0\d+)?([a-zA-Z#+\-.[\d]))/g)) {
    parts.push(pattern.slice(end, match.index));
    end = match.index + match[0].length;
    const [whole, zeros, verb] = match;
    if (whole === "%%") parts.push("%");
    else parts.push(formatted(verb, zeros, values[next++]));
  }
  return concatenate([...parts, pattern.slice(end)]);
}

function formatted(verb: string | undefined, zeros: string | undefined, value: Value | undefined): Value {
  if (value === undefined) return new Unknown("format() has too few values");
  if (zeros !== undefined && verb === "d" && isPlain(value))
    return String(value).padStart(Number(zeros), "0");
  if (zeros !== undefined) return new Unknown("a pattern of format() that is not known here");
  if (verb === "s" || verb === "d") return value;
  if (verb === "q" && isPlain(value)) return JSON.stringify(String(value));
  return verb === "v" && isPlain(value) ? value : new Unknown("a pattern of format() that is not known here");
}

/** `replace`: what stands between two slashes is a regular expression. */
const replace = (text: string, what: string, by: string): Value => {
  if (!(what.length > 1 && what.startsWith("/") && what.endsWith("/")))
    return text.replaceAll(what, () => by);
  try {
    return text.replace(new RegExp(what.slice(1, -1), "gu"), by.replace(/\$\{(\w+)\}/g, "$$$1"));
  } catch {
    return new Unknown(`the regular expression ${what} is not known here`);
  }
};

const trimmed = (text: string, characters: string, ends: "both" | "start" | "end" = "both"): string => {
  const set = new Set(characters);
  const letters = [...text];
  let [from, to] = [0, letters.length];
  while (ends !== "end" && from < to && set.has(letters[from] ?? "")) from += 1;
  while (ends !== "start" && to > from && set.has(letters[to - 1] ?? "")) to -= 1;
  return letters.slice(from, to).join("");
};

const hash = (name: string) => ofTexts((text = "") => createHash(name).update(text).digest("hex"));

const toBoolean = (value: Value): Value =>
  value === "true" || value === "false"
    ? value === "true"
    : typeof value === "boolean"
      ? value
      : need([value], "a boolean");

export const TEXTS: Functions = {
  tostring: (value = null) => (isPlain(value) ? String(value) : value),
  tonumber: ofNumbers((number = 0) => number),
  tobool: (value = null) => toBoolean(value),
  format: (pattern = null, ...values) => format(pattern, values),
  join: (separator = null, list) =>
    ofList(list, (values) =>
      concatenate(values.flatMap((value, index) => (index === 0 ? [value] : [separator, value]))),
    ),
  split: (separator = null, text = null) =>
    typeof separator === "string" ? splitText(separator, text) : need([separator], "a separator"),
  lower: ofTexts((text = "") => text.toLowerCase()),
  upper: ofTexts((text = "") => text.toUpperCase()),
  title: ofTexts((text = "") => text.replace(/(^|\s)\S/g, (letter) => letter.toUpperCase())),
  replace: ofTexts((text = "", what = "", by = "") => replace(text, what, by)),
  trimspace: ofTexts((text = "") => text.trim()),
  chomp: ofTexts((text = "") => text.replace(/(\r?\n)+$/, "")),
  trim: ofTexts((text = "", characters = "") => trimmed(text, characters)),
  trimprefix: ofTexts((text = "", prefix = "") =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimsuffix: ofTexts((text = "", suffix = "") =>
    suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  startswith: ofTexts((text = "", prefix = "") => text.startsWith(prefix)),
  endswith: ofTexts((text = "", suffix = "") => text.endsWith(suffix)),
  strcontains: ofTexts((text = "", part = "") => text.includes(part)),
  substr: (text = null, offset = null, length = null) => {
    if (typeof text !== "string" || typeof offset !== "number" || typeof length !== "number") {
      return need([text, offset, length], "a text");
    }
    const letters = [...text];
    const from = offset < 0 ? letters.length + offset : offset;
    return letters.slice(from, length < 0 ? undefined : from + length).join("");
  },
  jsonencode: (value = null) => toJson(value),
  jsondecode: (text = null) => fromJson(text),
  base64encode: ofTexts((text = "") => Buffer.from(text).toString("base64")),
  base64decode: ofTexts((text = "") => Buffer.from(text, "base64").toString()),
  md5: hash("md5"),
  sha1: hash("sha1"),
  sha256: hash("sha256"),
};
