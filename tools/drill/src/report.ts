import { ALIAS_TTL_SECONDS, failoverSeconds } from "./failover";
import { type OrdersDrillReport } from "./orders-drill";

/** The report of a drill as a table in Markdown: what the configuration allows beside what was measured. */
export function drillTable(report: OrdersDrillReport): string {
  const { check, regions, accepted, missing, unfulfilled } = report;
  const interval = `${check.intervalSeconds} s × ${check.failureThreshold}`;
  const rows: readonly (readonly [string, string, string])[] = [
    [
      "failure until the name leads away",
      `${interval} = ${report.allowedSeconds} s`,
      `${report.failoverSeconds} s`,
    ],
    [
      "mending until the name leads back",
      `${interval} = ${report.allowedSeconds} s`,
      `${report.recoverySeconds} s`,
    ],
    [
      "until every resolver has followed",
      `and ${ALIAS_TTL_SECONDS} s = ${failoverSeconds(check)} s`,
      "not measured: no resolver is here",
    ],
    [
      "where orders are accepted",
      "home, recovery, home",
      `${regions.before}, ${regions["failed over"]}, ${regions.back}`,
    ],
    ["orders that both regions show in the end", "all", `${accepted - missing} of ${accepted}`],
    ["orders that are fulfilled in the end", "all", `${accepted - unfulfilled} of ${accepted}`],
  ];
  return [["orders", "configured", "measured"], ["---", "---", "---"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** What is wrong with a drill, one line each; nothing when all is as it should be. */
export const drillComplaints = ({ missing, unfulfilled, regions }: OrdersDrillReport): string[] => [
  ...(missing === 0 ? [] : [`${missing} accepted orders are missing in a region`]),
  ...(unfulfilled === 0 ? [] : [`${unfulfilled} accepted orders are not fulfilled`]),
  ...(regions["failed over"] === regions.before
    ? ["orders were accepted in the region that had failed"]
    : []),
];
