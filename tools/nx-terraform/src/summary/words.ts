import type { AttributeChange, ChangeSummary, PriceHint, SummaryAction, SummaryCounts } from "./plan-summary";

/** The most attributes that are listed of one resource. */
const LISTED = 6;

/** What is done to a resource, in the past tense. */
export const DONE: Readonly<Record<SummaryAction, string>> = {
  delete: "destroyed",
  replace: "replaced",
  forget: "forgotten, and left in AWS",
  update: "changed",
  create: "added",
  import: "imported",
  move: "moved in the state",
};

/** e.g. `3 to add, 1 to change, 1 to replace, 2 to destroy; about +33 USD a month` */
export function countsText({ add, change, replace, destroy, monthlyUsd }: SummaryCounts): string {
  const counts = `${add} to add, ${change} to change, ${replace} to replace, ${destroy} to destroy`;
  return monthlyUsd === 0 ? counts : `${counts}; about ${signed(monthlyUsd)} USD a month`;
}

/** e.g. `NAT gateway: 32.85 USD a month, and 0.045 a GB` */
export function priceText({ what, monthlyUsd, plus }: PriceHint): string {
  if (monthlyUsd === 0) return `${what}: USD ${plus}`;
  return `${what}: ${monthlyUsd.toFixed(2)} USD a month${plus === "" ? "" : `, and ${plus}`}`;
}

/** e.g. `tags.Owner "a" → "b"`; each one through `code`, which makes it fit to stand where it is shown */
export function attributesText(
  attributes: readonly AttributeChange[],
  code: (text: string) => string,
): string {
  const listed = attributes.slice(0, LISTED).map((attribute) => attributeText(attribute, code));
  const more = attributes.length - listed.length;
  return [...listed, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function attributeText(
  { path, before, after, sensitive }: AttributeChange,
  code: (text: string) => string,
): string {
  if (sensitive) return `${code(path)} (sensitive)`;
  if (before === undefined && after === undefined) return code(path);
  return `${code(path)} ${before === undefined ? "…" : code(before)} → ${after === undefined ? "…" : code(after)}`;
}

/** Why a resource is lost; empty where nothing is known. */
export const becauseText = ({ because }: ChangeSummary, code: (text: string) => string): string =>
  because.map((reason) => (reason.includes(" ") ? reason : `${code(reason)} forces it`)).join(", ");

/** Leaves out what moves a terminal's cursor or breaks a line. */
export const printable = (text: string): string => text.replace(/\p{C}/gu, " ");

const signed = (usd: number): string => (usd > 0 ? `+${usd}` : String(usd));

/** A code span that nothing in the text can leave: neither for its cell, nor for its line. */
export const code = (text: string): string =>
  `\`${printable(text).replaceAll("`", "'").replaceAll("|", "¦")}\``;

/** A row of a Markdown table. */
export const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/**
 * As many lines as fit, and one that counts the others.
 *
 * @param limit the most characters
 */
export function bounded(lines: readonly string[], limit: number, more: (left: number) => string): string {
  const whole = lines.join("\n");
  if (whole.length <= limit) return whole;
  const room = limit - more(lines.length).length - 1;
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (length + line.length + 1 > room) break;
    kept.push(line);
    length += line.length + 1;
  }
  return [...kept, more(lines.length - kept.length)].join("\n");
}
