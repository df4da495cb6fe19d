import { CsvError, parse } from "csv-parse/sync";
import { Refusal } from "./refusal";

/**
 * Reads CSV with a header into one object a row. An empty cell is an absent field; `tags` are separated by `;`.
 *
 * @param columns the names allowed in the header
 * @param maxRows rows allowed below the header
 * @throws Refusal `malformed-csv`, `unknown-field`, `invalid-field` or `too-many-entries`
 */
export function parseCsv(
  text: string,
  columns: readonly string[],
  maxRows: number,
): Record<string, string | string[]>[] {
  const [header = [], ...rows] = parseRows(text, maxRows);
  checkHeader(header, columns);
  if (rows.length === 0) throw new Refusal("empty-document", "there is no row below the header");
  if (rows.length > maxRows) throw new Refusal("too-many-entries", `at most ${maxRows} rows`);
  return rows.map((cells) =>
    Object.fromEntries(
      header.flatMap((column, index) => {
        const cell = cells[index] ?? "";
        if (cell === "") return [];
        return [[column, column === "tags" ? cell.split(";").map((tag) => tag.trim()) : cell]];
      }),
    ),
  );
}

function parseRows(text: string, maxRows: number): string[][] {
  try {
    // One row more than allowed is enough to refuse the document.
    return parse(text, { skipEmptyLines: true, trim: true, to: 1 + maxRows + 1 });
  } catch (error) {
    // The parser's message quotes the document; its code doesn't.
    const code = error instanceof CsvError ? error.code : "unreadable";
    throw new Refusal("malformed-csv", `the content is not valid CSV: ${code}`);
  }
}

function checkHeader(header: readonly string[], columns: readonly string[]): void {
  const unknown = header.filter((column) => !columns.includes(column));
  if (unknown.length > 0) {
    throw new Refusal("unknown-field", `header: ${unknown.length} unknown; known are ${columns.join(", ")}`);
  }
  if (new Set(header).size < header.length)
    throw new Refusal("invalid-field", "header: a column appears twice");
}
