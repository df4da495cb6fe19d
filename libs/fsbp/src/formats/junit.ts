import { type Control } from "../controls";
import { type Finding, type Report } from "../engine/finding";
import { addressOf, ledgerOf, type LedgerRow, statusOf } from "../engine/ledger";
import { type Rendering } from "./format";
import { describe } from "./table";

/** One test case for each control, for what reads the results of tests. */
export function junit(report: Report, { controls }: Rendering): string {
  const byControl = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const group = byControl.get(finding.control);
    if (group) group.push(finding);
    else byControl.set(finding.control, [finding]);
  }
  const services = new Map(controls.map(({ id, service }) => [id, service]));
  const rows = ledgerOf(report, controls).controls;
  const cases = rows.map((row) => caseOf(row, services.get(row.id) ?? "", byControl.get(row.id) ?? []));
  const wrong = report.exceptionProblems.map(
    ({ exception, location, problem }) =>
      `${exception.control} of ${location.stack}/${addressOf(location)}: ${problem}`,
  );
  const failed = rows.filter(({ status }) => status === "non-compliant").length + (wrong.length > 0 ? 1 : 0);
  const skipped = rows.filter(({ status }) => SKIPPED.has(status)).length;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="landfall-fsbp" tests="${rows.length + 1}" failures="${failed}" skipped="${skipped}">`,
    `  <testsuite name="AWS Foundational Security Best Practices" tests="${rows.length + 1}" failures="${failed}" skipped="${skipped}">`,
    ...cases,
    element("exceptions", "exceptions are right", wrong.length === 0 ? "" : failure(wrong)),
    `  </testsuite>`,
    `</testsuites>`,
    "",
  ].join("\n");
}

const SKIPPED: ReadonlySet<string> = new Set(["unknown", "not-applicable", "not-decidable"]);

function caseOf(
  { id, title, status, decidedBy }: LedgerRow,
  service: Control["service"],
  findings: readonly Finding[],
) {
  const lines = (wanted: string) =>
    findings
      .filter((finding) => statusOf(finding) === wanted)
      .map((finding) => {
        const { stack, lines: source } = finding.location;
        const where = [source[0], stack, addressOf(finding.location)].filter(
          (part) => part !== undefined && part !== "",
        );
        return `${where.join(" ")}: ${describe(finding)}`;
      });
  const name = `${id}: ${title}`;
  if (status === "non-compliant") return element(service, name, failure(lines(status)));
  if (!SKIPPED.has(status)) return element(service, name, "");
  const reasons: Readonly<Record<string, string>> = {
    unknown: `unknown before the apply: ${lines("unknown").join("; ")}`,
    "not-applicable": "nothing here that it applies to",
    "not-decidable": decidedBy ?? "not decidable from code",
  };
  return element(service, name, `<skipped message="${escape(reasons[status] ?? status)}"/>`);
}

const element = (service: string, name: string, content: string): string => {
  const start = `    <testcase classname="${escape(`fsbp.${service}`)}" name="${escape(name)}"`;
  return content === "" ? `${start}/>` : `${start}>${content}</testcase>`;
};

const failure = (lines: readonly string[]): string =>
  `<failure message="${escape(lines[0] ?? "")}">${escape(lines.join("\n"))}</failure>`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A text for XML: characters that XML has not are left out. */
const escape = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
