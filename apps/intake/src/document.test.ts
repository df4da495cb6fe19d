import fc from "fast-check";
import { limits, parseDocument } from "./document";
import { Refusal } from "./refusal";
import { goodCsv, goodJson } from "./testing/samples";

const entry = { title: "On tides", author: "M. Lyell", issued: "2026-01-31" };
const json = (changes: object) => JSON.stringify({ ...entry, ...changes });
const csv = (...lines: string[]) => lines.join("\n");
const header = "title,author,issued";
const row = "On tides,M. Lyell,2026-01-31";

function parse(key: string, content: string | Uint8Array) {
  return parseDocument(key, typeof content === "string" ? Buffer.from(content) : content);
}

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("not refused");
}

describe("parseDocument", () => {
  it("reads a JSON object as one entry", () => {
    expect(parse("a.json", goodJson)).toEqual({ format: "json", entries: [JSON.parse(goodJson)] });
  });

  it("reads each CSV row as an entry, an empty cell as an absent field", () => {
    expect(parse("a.csv", goodCsv)).toEqual({
      format: "csv",
      entries: [
        { ...entry, tags: ["sea", "moon"] },
        { title: "Winds, and sails", author: "N. Amundsen", issued: "2025-12-01" },
      ],
    });
  });

  it.each([
    ["an upper-case extension", "A.JSON", goodJson],
    ["a byte order mark", "a.csv", `\ufeff${goodCsv}`],
    ["CRLF line ends", "a.csv", goodCsv.replaceAll("\n", "\r\n")],
    ["white space around", "a.json", `\n  ${goodJson}\n`],
    ["columns in another order", "a.csv", csv("issued,title,author", "2026-01-31,On tides,M. Lyell")],
    ["any script and emoji", "a.json", json({ title: "潮汐 – المد والجزر 👩‍🚀" })],
    [
      "the largest entry",
      "a.json",
      json({ title: "x".repeat(limits.title), tags: Array(limits.tags).fill("y") }),
    ],
    ["the most rows", "a.csv", csv(header, ...Array<string>(limits.entries).fill(row))],
  ])("accepts %s", (_name, key, content) => {
    expect(parse(key, content).entries.length).toBeGreaterThan(0);
  });

  it.each([
    ["another extension", "a.pdf", goodJson, "unsupported-type"],
    ["no extension", "json", goodJson, "unsupported-type"],
    ["no content", "a.json", "", "empty-document"],
    ["only white space", "a.csv", " \n\n", "empty-document"],
    ["a header alone", "a.csv", header, "empty-document"],
    ["an image named .json", "a.json", Buffer.from("89504e470d0a1a0a0000", "hex"), "binary-content"],
    ["a PDF named .csv", "a.csv", "%PDF-1.7\n% all of it text", "binary-content"],
    ["an archive named .json", "a.json", Buffer.from("504b030414000000", "hex"), "binary-content"],
    ["gzip named .csv", "a.csv", Buffer.from("1f8b0800", "hex"), "binary-content"],
    ["a program named .csv", "a.csv", "MZ\u0090", "binary-content"],
    ["a page named .csv", "a.csv", "<html><script>alert(1)</script>", "type-mismatch"],
    ["a script named .csv", "a.csv", "#!/bin/sh\n", "type-mismatch"],
    ["rich text named .json", "a.json", "{\\rtf1}", "type-mismatch"],
    ["a key named .csv", "a.csv", "-----BEGIN PRIVATE KEY-----", "type-mismatch"],
    ["UTF-16", "a.csv", Buffer.from(goodCsv, "utf16le"), "binary-content"],
    ["Latin-1", "a.csv", Buffer.from(goodCsv.replace("tides", "marées"), "latin1"), "invalid-utf8"],
    ["JSON named .csv", "a.csv", goodJson, "type-mismatch"],
    ["CSV named .json", "a.json", goodCsv, "type-mismatch"],
    ["text named .json", "a.json", "hello", "type-mismatch"],
    ["truncated JSON", "a.json", goodJson.slice(0, -1), "malformed-json"],
    ["JSON with text after it", "a.json", `${goodJson}x`, "malformed-json"],
    ["a JSON array", "a.json", `[${goodJson}]`, "invalid-field"],
    ["an unclosed quote", "a.csv", csv(header, '"On tides'), "malformed-csv"],
    ["a row with too few cells", "a.csv", csv(header, row, "On tides"), "malformed-csv"],
    [
      "one row too many",
      "a.csv",
      csv(header, ...Array<string>(limits.entries + 1).fill(row)),
      "too-many-entries",
    ],
    ["an unknown column", "a.csv", csv(`${header},isbn`, `${row},1`), "unknown-field"],
    ["no header", "a.csv", row, "unknown-field"],
    ["a column twice", "a.csv", csv(`${header},title`, `${row},x`), "invalid-field"],
    ["a missing column", "a.csv", csv("title,author", "On tides,M. Lyell"), "invalid-field"],
    ["a wrong cell", "a.csv", csv(header, row, "On tides,M. Lyell,yesterday"), "invalid-field"],
    ["an unknown field", "a.json", json({ isbn: "1" }), "unknown-field"],
    [
      "a field named __proto__",
      "a.json",
      goodJson.replace("{", '{"__proto__":{"admin":true},'),
      "unknown-field",
    ],
    ["a field named constructor", "a.json", json({ constructor: { prototype: {} } }), "unknown-field"],
    ["a column named __proto__", "a.csv", csv(`${header},__proto__`, `${row},x`), "unknown-field"],
    ["a missing field", "a.json", json({ title: undefined }), "invalid-field"],
    ["null", "a.json", json({ summary: null }), "invalid-field"],
    ["a number for text", "a.json", json({ title: 1 }), "invalid-field"],
    ["empty text", "a.json", json({ title: "" }), "invalid-field"],
    ["blank text", "a.json", json({ title: "  " }), "invalid-field"],
    ["text over the limit", "a.json", json({ title: "x".repeat(limits.title + 1) }), "invalid-field"],
    ["a line break", "a.json", json({ title: "a\nb" }), "invalid-field"],
    ["an escaped NUL", "a.json", json({ title: "a\0b" }), "invalid-field"],
    ["a lone surrogate", "a.json", json({ title: "\ud800" }), "invalid-field"],
    ["a day that does not exist", "a.json", json({ issued: "2026-02-30" }), "invalid-field"],
    ["a time for a date", "a.json", json({ issued: "2026-01-31T00:00:00Z" }), "invalid-field"],
    ["too many tags", "a.json", json({ tags: Array(limits.tags + 1).fill("x") }), "invalid-field"],
    ["an empty tag", "a.csv", csv(`${header},tags`, `${row},a;;b`), "invalid-field"],
    [
      "deep nesting",
      "a.json",
      json({}).replace("}", `,"tags":${"[".repeat(1e5)}${"]".repeat(1e5)}}`),
      "invalid-field",
    ],
  ])("refuses %s (%s)", (_name, key, content, reason) => {
    expect(refusalOf(() => parse(key, content))).toMatchObject({ reason });
  });

  it("says which field is wrong and what is allowed", () => {
    const { detail } = refusalOf(() => parse("a.csv", csv(header, row, "On tides,,31.1.2026")));

    expect(detail).toBe(
      "entry 2: author must be 1 to 100 characters of text on one line; issued must be a date, YYYY-MM-DD",
    );
  });

  it("says what the content is, where it is known", () => {
    expect(refusalOf(() => parse("a.csv", "%PDF-1.7")).detail).toBe("the content is a PDF");
    expect(refusalOf(() => parse("a.json", "<svg/>")).detail).toBe(
      "the name says json, the content is markup",
    );
  });

  it("never puts content into the detail", () => {
    const secret = "hunter2";
    const contents: [string, string][] = [
      ["a.json", `{"${secret}": 1}`],
      ["a.json", `{"title": ${secret}`],
      ["a.json", json({ issued: secret, [secret]: secret })],
      ["a.json", json({ issued: secret })],
      ["a.csv", csv(`${header},${secret}`, row)],
      ["a.csv", csv(header, `${secret}"x,y,z`)],
      [`a.${secret}`, goodJson],
    ];
    for (const [key, content] of contents) {
      expect(refusalOf(() => parse(key, content)).message).not.toContain(secret);
    }
  });

  it("leaves prototypes alone", () => {
    refusalOf(() => parse("a.json", goodJson.replace("{", '{"__proto__":{"admin":true},')));

    expect({}).not.toHaveProperty("admin");
  });

  it("throws nothing but a Refusal, whatever the bytes", () => {
    const anyContent = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .dictionary(
          fc.constantFrom(...Object.keys(JSON.parse(goodJson) as object), "__proto__"),
          fc.jsonValue(),
        )
        .map((value) => Buffer.from(JSON.stringify(value))),
      fc
        .array(fc.stringMatching(/^[\w",;\r\n ]*$/))
        .map((lines) => Buffer.from([header, ...lines].join("\n"))),
    );
    fc.assert(
      fc.property(fc.constantFrom("a.json", "a.csv", "a.exe"), anyContent, (key, content) => {
        try {
          parseDocument(key, content);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 500 },
    );
  });
});
