import { type LoadOptions, type LoadReport } from "./intake-load";
import { isPass } from "./verdict";

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

/** The rows of the report: what was asked for, and what came of it. */
const rowsOf = (options: LoadOptions, { verdict, ...report }: LoadReport): readonly [string, string][] => {
  const calls = Object.values(report.calls);
  const sum = (name: "calls" | "refused" | "unanswered") =>
    calls.reduce((total, each) => total + each[name], 0);
  const { events, duplicates, poison, killed, seed } = options;
  return [
    ["events", `${events}: ${percent(duplicates)} duplicates, ${percent(poison)} poison, seed ${seed}`],
    ["good events with exactly one effect", `${verdict.catalogued} of ${verdict.good}`],
    ["poison events dead-lettered with their reason", `${verdict.refused} of ${verdict.poison}`],
    ["lost", String(verdict.lost)],
    ["catalogued twice, or by nobody", String(verdict.repeated)],
    ["dead letters that should be none", String(verdict.misjudged)],
    [
      "processes killed in mid-batch",
      `${report.kills} of ${report.invocations} invocations (${percent(killed)} asked for)`,
    ],
    ["calls refused", `${sum("refused")} of ${sum("calls")} to S3, DynamoDB and SQS`],
    ["calls made, but not answered", String(sum("unanswered"))],
    ["records that came again", String(report.retried)],
    ["dead letters without a reason, redriven", String(report.redriven)],
    ["time", `${report.seconds.toFixed(0)} s, ${(events / report.seconds).toFixed(1)} events a second`],
    ["verdict", isPass(verdict) ? "pass" : "fail"],
  ];
};

/** The report as a table in Markdown. */
export const writeReport = (options: LoadOptions, report: LoadReport): string =>
  [["intake", ""], ["---", "---"], ...rowsOf(options, report)]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
