import { type Control, pageOf } from "../controls";
import { describeException } from "../engine/exception";
import { type Finding, type Report } from "../engine/finding";
import { ledgerOf, type LedgerRow } from "../engine/ledger";
import { type Rendering } from "./format";
import { summaryLine } from "./summary";

/** How many kinds of resource a row names. */
const MOST_KINDS = 4;

/** The ledger as a page: each control, what meets it here, the tests that show it, and the exceptions. */
export function markdown(report: Report, options: Rendering): string {
  const { controls, input, testsOf } = options;
  const ledger = ledgerOf(report, controls);
  const findings = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (finding.verdict.status === "not-applicable") continue;
    const group = findings.get(finding.control);
    if (group) group.push(finding);
    else findings.set(finding.control, [finding]);
  }
  const rows = ledger.controls.map((row, index) => {
    const kinds = kindsOf(findings.get(row.id) ?? [], options);
    const tests = [
      ...new Set([...kinds.flatMap(({ file }) => (file === "" ? [] : testsOf(file))), ...testsOf(row.id)]),
    ];
    return [
      linked(controls[index], row),
      row.severity,
      row.status.replaceAll("-", " "),
      metBy(row, kinds),
      tests.map(code).join("<br>") || "—",
      exceptionsOf(row) || "—",
    ];
  });
  return [
    "# Controls",
    "",
    "<!-- Generated: change the code, then generate it again. -->",
    "",
    `AWS Foundational Security Best Practices over ${code(input)}. ${summaryLine(ledger.summary)}.`,
    "",
    "| control | severity | status | what meets it | test | exceptions |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map((cells) => `| ${cells.map(cell).join(" | ")} |`),
    "",
  ].join("\n");
}

/** Resources of one type that one file makes. */
interface Kind {
  /** `undefined` for what is held though nothing is there: by what is elsewhere, or wrongly not at all. */
  readonly type: string | undefined;
  /** The construct's file, e.g. `libs/storage/src/bucket.ts`; empty where it is not known. */
  readonly file: string;
  readonly count: number;
}

function kindsOf(findings: readonly Finding[], { sourceLines }: Rendering): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { location } of findings) {
    const { stack, address, type } = location;
    const lines = address === undefined ? [] : sourceLines(stack, address);
    // The innermost line is the construct's own; the others only ask for it.
    const file = lines.at(-1)?.replace(/:\d+$/, "") ?? "";
    const key = `${type} ${file}`;
    kinds.set(key, { type, file, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count || a.file.localeCompare(b.file));
}

function metBy({ decidedBy }: LedgerRow, kinds: readonly Kind[]): string {
  if (decidedBy !== undefined) return decidedBy;
  if (kinds.length === 0) return "no such resource";
  const shown = kinds.slice(0, MOST_KINDS).map(({ type, file, count }) => {
    const what = type === undefined ? "accounts or regions without a resource of their own" : code(type);
    return `${what} × ${count}${file === "" ? "" : ` by ${code(file)}`}`;
  });
  const left = kinds.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join("<br>");
}

/** Exceptions of one reason are one, wherever they hold. */
function exceptionsOf({ exceptions }: LedgerRow): string {
  const reasons = new Map<string, number>();
  for (const exception of exceptions) {
    const text = describeException(exception);
    reasons.set(text, (reasons.get(text) ?? 0) + 1);
  }
  return [...reasons].map(([text, count]) => (count > 1 ? `${count} × ${text}` : text)).join("<br>");
}

const linked = (control: Control | undefined, { id, title }: LedgerRow): string =>
  control === undefined ? id : `[${id}](${pageOf(control)})<br>${title}`;

const code = (text: string): string => `\`${text}\``;

/** A text that keeps within its cell. */
const cell = (text: string): string => text.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");
