import { controlOf, pageOf } from "../controls";
import { type Finding, type Report } from "../engine/finding";
import { ledgerOf, type Status, statusOf } from "../engine/ledger";
import { type Rendering } from "./format";

/** What is compliant is counted, not listed: the ledger has it. */
const LISTED: readonly Status[] = ["non-compliant", "unknown", "excepted"];

/** Every finding that needs a look, as JSON. */
export function json(report: Report, { controls }: Rendering): string {
  const { exceptionProblems, warnings } = report;
  const content = {
    summary: ledgerOf(report, controls).summary,
    findings: report.findings.filter((finding) => LISTED.includes(statusOf(finding))).map(flat),
    exceptionProblems: exceptionProblems.map(({ location, exception, problem }) => ({
      ...location,
      exception,
      problem,
    })),
    warnings,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** A finding without nesting; `verdict` is the rule's own where an exception holds. */
const flat = (finding: Finding) => {
  const { control, title, severity, location, verdict, exception } = finding;
  const { status: own, ...rest } = verdict;
  return {
    control,
    title,
    severity,
    status: statusOf(finding),
    ...location,
    ...rest,
    ...(exception === undefined ? {} : { verdict: own, exception }),
    help: pageOf(controlOf(control)),
  };
};
