import { type Control, CONTROLS, type Severity } from "../controls";
import { type Exception } from "./exception";
import { type Finding, type Location, type Report } from "./finding";

/** What is known of a control in a zone, from bad to good. */
export const STATUSES = [
  "non-compliant",
  "unknown",
  "excepted",
  "compliant",
  "not-applicable",
  "not-decidable",
] as const;

export type Status = (typeof STATUSES)[number];

/** Something that a control applies to. */
export interface LedgerResource {
  readonly status: Status;
  /** Empty for what is missing in an account or region. */
  readonly stack: string;
  /** The Terraform address, or the account and region. */
  readonly address: string;
  /** The construct's path, where cdktf made it. */
  readonly construct?: string;
}

/** A control's row. */
export interface LedgerRow {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Status;
  /** The resources, or accounts and regions, to which the control applies, each with its own status. */
  readonly resources: readonly LedgerResource[];
  readonly exceptions: readonly (Exception & { readonly stack: string; readonly address: string })[];
  /** Who decides what code can't. */
  readonly decidedBy?: string;
}

/** Every control of the standard with what is known of it. */
export interface Ledger {
  /** How many controls have each status. */
  readonly summary: Readonly<Record<Status, number>>;
  readonly controls: readonly LedgerRow[];
}

/** The status of one finding. */
export const statusOf = ({ verdict, exception }: Finding): Status =>
  exception === undefined ? verdict.status : "excepted";

/** How a finding names what it is about. */
export const addressOf = ({ address, account, region }: Location): string =>
  address ?? [account ?? "the account", region].filter((part) => part !== undefined).join(" ");

/**
 * A row for each control: none is left out.
 *
 * @param all the controls that were judged, where it was not every one
 */
export function ledgerOf({ findings }: Report, all: readonly Control[] = CONTROLS): Ledger {
  const byControl = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = byControl.get(finding.control);
    if (group === undefined) byControl.set(finding.control, [finding]);
    else group.push(finding);
  }
  const controls = all.map((control) => rowOf(control, byControl.get(control.id) ?? []));
  const summary = Object.fromEntries(
    STATUSES.map((status) => [status, controls.filter((row) => row.status === status).length]),
  ) as Record<Status, number>;
  return { summary, controls };
}

function rowOf(control: Control, findings: readonly Finding[]): LedgerRow {
  const { id, title, severity, decidedBy } = control;
  const applying = findings.filter(({ verdict }) => verdict.status !== "not-applicable");
  const statuses = new Set(applying.map(statusOf));
  const worst = STATUSES.find((status) => statuses.has(status)) ?? "not-applicable";
  const placed = ({ location }: Finding) => ({ stack: location.stack, address: addressOf(location) });
  return {
    id,
    title,
    severity,
    status: control.scope === "runtime" ? "not-decidable" : worst,
    resources: applying.map((finding) => ({
      status: statusOf(finding),
      ...placed(finding),
      ...(finding.location.construct === undefined ? {} : { construct: finding.location.construct }),
    })),
    exceptions: applying.flatMap((finding) =>
      finding.exception ? [{ ...finding.exception, ...placed(finding) }] : [],
    ),
    ...(decidedBy === undefined ? {} : { decidedBy }),
  };
}

/** Whether a report lets a build go on: nothing non-compliant, and no exception that is wrong. */
export const passes = ({ findings, exceptionProblems }: Report): boolean =>
  exceptionProblems.length === 0 && !findings.some((finding) => statusOf(finding) === "non-compliant");
