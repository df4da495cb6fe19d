import type { ChangeSummary, PlanSummary, SummaryAction } from "./plan-summary";
import { attributesText, becauseText, DONE, priceText, printable } from "./words";

const SIGNS: Readonly<Record<SummaryAction, string>> = {
  delete: "-",
  replace: "-/+",
  forget: ".",
  update: "~",
  create: "+",
  import: "<-",
  move: ">",
};

/**
 * A summary for a terminal, one line for each resource, without colours: what is lost first. Nothing changes: no lines.
 *
 * @example
 * LOST -/+ aws_dynamodb_table.orders is replaced: its items; hash_key forces it
 *        ~ aws_sqs_queue.intake  visibility_timeout_seconds 30 → 60
 */
export const toTable = ({ changes }: PlanSummary): string[] =>
  changes.map((change) => printable(lineOf(change)).trimEnd());

function lineOf(change: ChangeSummary): string {
  const { address, action, loses, attributes, price } = change;
  const plain = (text: string) => text;
  const because = becauseText(change, plain);
  const mark = `${loses === undefined ? "    " : "LOST"} ${SIGNS[action].padStart(3)} ${address}`;
  const lost = loses === undefined ? "" : ` is ${DONE[action]}: ${loses}`;
  const reason = because === "" ? "" : `${loses === undefined ? "  " : "; "}${because}`;
  const detail = action === "update" ? `  ${attributesText(attributes, plain)}` : "";
  const cost = price === undefined ? "" : `  ($ ${priceText(price)})`;
  return `${mark}${lost}${reason}${detail}${cost}`;
}
