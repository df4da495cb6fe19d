import { type Finding, type Report } from "../engine/finding";
import { addressOf, ledgerOf, statusOf } from "../engine/ledger";
import { type Cause, causesOf, compareControls } from "./causes";
import { type Rendering } from "./format";
import { summaryLine } from "./summary";

/** How many causes are shown: who has more wants them in another format. */
const MOST_CAUSES = { "non-compliant": 40, unknown: 10 } as const;

/** How many controls are named of those that are alike. */
const MOST_IDS = 6;

/** How many resources of one cause are named. */
const MOST_EXAMPLES = 2;

/** A short table for the terminal: worst first, and what one change would mend on one line. */
export function table(report: Report, { controls }: Rendering): string {
  const { summary } = ledgerOf(report, controls);
  const present = report.findings.filter(({ location }) => location.address !== undefined);
  const sections = [
    section(report, "non-compliant", (cause) => cause.severity),
    [...section({ ...report, findings: present }, "unknown", () => "unknown"), ...elsewhere(report)],
    report.exceptionProblems.map(({ location, exception, problem }) =>
      row(
        "exception",
        exception.control,
        [place(location.lines), addressOf(location), location.stack],
        problem,
      ),
    ),
    report.warnings.map((warning) => `note: ${warning}`),
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${[...text, summaryLine(summary)].join("\n\n")}\n`;
}

function section(
  { findings }: Report,
  status: keyof typeof MOST_CAUSES,
  label: (cause: Cause) => string,
): readonly string[] {
  const causes = causesOf(findings, status);
  const shown = causes.slice(0, MOST_CAUSES[status]);
  const left = causes.length - shown.length;
  return [
    ...shown.map((cause) => {
      const { control, where, findings: all } = cause;
      return row(label(cause), control, [where, examples(all), others(all)], describe(all[0]));
    }),
    ...(left > 0 ? [`and ${left} more that are ${status}: --format json shows them all`] : []),
  ];
}

/** What an account should have and may have elsewhere is one line, however much it is. */
function elsewhere({ findings }: Report): readonly string[] {
  const missing = findings.filter(
    (finding) => statusOf(finding) === "unknown" && finding.location.address === undefined,
  );
  const ids = [...new Set(missing.map(({ control }) => control))].sort(compareControls);
  if (ids.length === 0) return [];
  const names = `${ids.slice(0, MOST_IDS).join(", ")}${ids.length > MOST_IDS ? ", …" : ""}`;
  const many = ids.length === 1 ? "1 control asks" : `${ids.length} controls ask`;
  const what = `${many} for what is not in here and may be managed elsewhere: ${names}`;
  return [`${"unknown".padEnd(9)} ${what}`];
}

/** Two lines: what and where, and below it what is wrong. */
const row = (label: string, control: string, where: readonly string[], what: string): string =>
  `${label.padEnd(9)} ${control.padEnd(14)} ${where.filter((part) => part !== "").join("  ")}\n${" ".repeat(25)}${what}`;

const place = (lines: readonly string[]): string => lines[0] ?? "";

function examples(findings: readonly Finding[]): string {
  const names = [...new Set(findings.map(({ location }) => addressOf(location)))];
  return names.slice(0, MOST_EXAMPLES).join(", ");
}

/** How many there are beside the examples, and in which stacks. */
function others(findings: readonly Finding[]): string {
  const stacks = [...new Set(findings.map(({ location }) => location.stack))].filter((stack) => stack !== "");
  const [first = ""] = stacks;
  const where = stacks.length > 1 ? `${stacks.length} stacks` : first;
  const parts = [findings.length > 1 ? `${findings.length} of them` : "", where].filter(
    (part) => part !== "",
  );
  return parts.length === 0 ? "" : `(${parts.join(", ")})`;
}

/** What a finding says, in one line. */
export function describe({ verdict, title }: Finding): string {
  if (verdict.status === "non-compliant") {
    const what = verdict.path === "" ? verdict.found : `${verdict.path}: ${verdict.found}`;
    return `${oneLine(what)}; wanted: ${oneLine(verdict.wanted)}`;
  }
  if (verdict.status === "unknown") {
    return oneLine(verdict.path === "" ? verdict.reason : `${verdict.path}: ${verdict.reason}`);
  }
  return title;
}

/** The longest text that is shown of a value. */
const LONGEST = 160;

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};
