import * as z from "zod/mini";
import { parseCsv } from "./csv";
import { Refusal } from "./refusal";
import { sniffBytes, sniffText } from "./sniff";

/** What a document may hold. The limits keep the catalogue row of any document below DynamoDB's 400 KB. */
export const limits = { entries: 100, title: 200, author: 100, summary: 2000, tags: 10, tag: 32 } as const;

/** One line of text, trimmed. Control characters, line breaks and lone surrogates are refused. */
const line = (max: number) => {
  const error = `must be 1 to ${max} characters of text on one line`;
  return z
    .string(error)
    .check(
      z.trim(),
      z.minLength(1, error),
      z.maxLength(max, error),
      z.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, error),
    );
};

const entrySchema = z.strictObject(
  {
    title: line(limits.title),
    author: line(limits.author),
    issued: z.iso.date("must be a date, YYYY-MM-DD"),
    tags: z.exactOptional(
      z
        .array(line(limits.tag), "must be a list")
        .check(z.maxLength(limits.tags, `must be at most ${limits.tags} tags`)),
    ),
    summary: z.exactOptional(line(limits.summary)),
  },
  "must be an object",
);

/**
 * One catalogued publication: `{title, author, issued, tags?, summary?}`, `issued` an ISO date (2026-01-31).
 * A JSON document is one such object, a CSV document has a header with these names and one in each row.
 */
export type Entry = z.infer<typeof entrySchema>;

const columns = Object.keys(entrySchema.shape);

export type Format = "json" | "csv";

export interface Document {
  readonly format: Format;
  /** At least one, at most 100. */
  readonly entries: readonly Entry[];
}

/**
 * The format that the object's name claims, by its extension.
 * @throws Refusal `unsupported-type`
 */
export function claimedFormat(key: string): Format {
  const extension = /\.(json|csv)$/i.exec(key)?.[1]?.toLowerCase();
  if (extension === "json" || extension === "csv") return extension;
  throw new Refusal("unsupported-type", "the name must end in .json or .csv");
}

/**
 * Reads a document. The name only claims a format: the content must agree.
 * @throws Refusal with the reason, for whatever bytes; never anything else
 */
export function parseDocument(key: string, content: Uint8Array): Document {
  const format = claimedFormat(key);
  const text = decode(content);
  const marked = sniffText(text);
  if (marked !== undefined) {
    throw new Refusal("type-mismatch", `the name says ${format}, the content is ${marked}`);
  }
  if (/^\s*[{[]/.test(text) !== (format === "json")) {
    throw new Refusal("type-mismatch", `the name says ${format}, the content is something else`);
  }
  const candidates = format === "json" ? [parseJson(text)] : parseCsv(text, columns, limits.entries);
  return { format, entries: candidates.map(parseEntry) };
}

function decode(content: Uint8Array): string {
  const kind = sniffBytes(content);
  if (kind !== undefined) throw new Refusal("binary-content", `the content is ${kind}`);
  if (content.includes(0)) throw new Refusal("binary-content", "the content holds NUL bytes");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw new Refusal("invalid-utf8", "the content is not UTF-8");
  }
  if (text.trim() === "") throw new Refusal("empty-document", "the content is empty");
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the document.
    throw new Refusal("malformed-json", "the content is not valid JSON");
  }
}

/** Names of unknown fields come from the document, so the detail counts them instead. */
function parseEntry(candidate: unknown, index: number): Entry {
  const result = entrySchema.safeParse(candidate);
  if (result.success) return result.data;
  const where = `entry ${index + 1}`;
  const { issues } = result.error;
  const unknown = issues.find((issue) => issue.code === "unrecognized_keys");
  if (unknown) {
    const detail = `${where}: ${unknown.keys.length} unknown; known are ${columns.join(", ")}`;
    throw new Refusal("unknown-field", detail);
  }
  const details = issues.map(({ path, message }) => [...path, message].join(" "));
  throw new Refusal("invalid-field", `${where}: ${details.join("; ")}`);
}
