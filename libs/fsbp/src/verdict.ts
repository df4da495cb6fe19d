/** What a rule finds of one resource, or of one account and region. */
export type Verdict =
  | { readonly status: "compliant" }
  | {
      readonly status: "non-compliant";
      /** The attribute to change, e.g. `point_in_time_recovery.enabled`; empty for the resource as a whole. */
      readonly path: string;
      /** What is there, in words or as JSON; `nothing` where it is left out. */
      readonly found: string;
      /** What the control asks for. */
      readonly wanted: string;
    }
  | {
      readonly status: "unknown";
      readonly path: string;
      /** Why it can't be known before the apply. */
      readonly reason: string;
    }
  | { readonly status: "not-applicable" };

export const COMPLIANT: Verdict = { status: "compliant" };

/** The control does not ask anything of this resource. */
export const NOT_APPLICABLE: Verdict = { status: "not-applicable" };

export const nonCompliant = (path: string, found: string, wanted: string): Verdict => ({
  status: "non-compliant",
  path,
  found,
  wanted,
});

export const unknown = (path: string, reason: string): Verdict => ({ status: "unknown", path, reason });

/** From bad to good: what one of several verdicts decides for all of them. */
const WORST = ["non-compliant", "unknown", "compliant", "not-applicable"] as const;
const BEST = ["compliant", "unknown", "non-compliant", "not-applicable"] as const;

const firstOf = (verdicts: readonly Verdict[], order: readonly Verdict["status"][]): Verdict =>
  order
    .map((status) => verdicts.find((verdict) => verdict.status === status))
    .find((verdict) => verdict !== undefined) ?? NOT_APPLICABLE;

/** All must hold: the first that is non-compliant, else unknown, else compliant. None at all is not applicable. */
export const all = (...verdicts: readonly Verdict[]): Verdict => firstOf(verdicts, WORST);

/** One is enough: the first that is compliant, else unknown, else non-compliant. None at all is not applicable. */
export const any = (...verdicts: readonly Verdict[]): Verdict => firstOf(verdicts, BEST);
