import { type Ledger } from "../engine/ledger";

/** `165 controls: 1 non-compliant, 0 unknown, 2 excepted, 140 compliant, 5 not applicable, 17 not decidable from code` */
export function summaryLine(summary: Ledger["summary"]): string {
  const parts = [
    `${summary["non-compliant"]} non-compliant`,
    `${summary.unknown} unknown`,
    `${summary.excepted} excepted`,
    `${summary.compliant} compliant`,
    `${summary["not-applicable"]} not applicable`,
    `${summary["not-decidable"]} not decidable from code`,
  ];
  const total = Object.values(summary).reduce((sum, count) => sum + count, 0);
  return `${total} ${total === 1 ? "control" : "controls"}: ${parts.join(", ")}`;
}
