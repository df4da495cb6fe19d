import { SEVERITIES, type Severity } from "../controls";
import { type Finding } from "../engine/finding";
import { type Status, statusOf } from "../engine/ledger";

/** Findings that one change would mend: of one control, at one line or, where no line is known, of one type. */
export interface Cause {
  readonly control: string;
  readonly title: string;
  readonly severity: Severity;
  /** The line of source, e.g. `apps/orders/infra/stack.ts:20`; else the resource type; empty for what is missing. */
  readonly where: string;
  readonly findings: readonly [Finding, ...Finding[]];
}

/** Controls by service, and by number within it: EC2.9 before EC2.10. */
export const compareControls = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

/** The causes of the findings of a status, worst first. */
export function causesOf(findings: readonly Finding[], status: Status): readonly Cause[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    if (statusOf(finding) !== status) continue;
    const key = `${finding.control} ${whereOf(finding)}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const rank = ({ severity }: Cause) => SEVERITIES.indexOf(severity);
  return [...groups.values()]
    .map((group): Cause => {
      const [{ control, title, severity }] = group;
      return { control, title, severity, where: whereOf(group[0]), findings: group };
    })
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        b.findings.length - a.findings.length ||
        compareControls(a.control, b.control) ||
        a.where.localeCompare(b.where),
    );
}

const whereOf = ({ location }: Finding): string => location.lines[0] ?? location.type ?? "";
