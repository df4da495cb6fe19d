import { type Finding, judgeStandard } from "@landfall/fsbp";
import { type Configuration } from "@landfall/terraform-graph";
import { type Resources, ZoneDraft } from "./zone-draft";

/** A way to break what a control asks for. */
export interface Mutation {
  /** e.g. `S3.8` */
  readonly control: string;
  /** What is done, in words. */
  readonly mutation: string;
  /** The type of the resource at which it is caught. */
  readonly at: string;
  /**
   * How often it is caught: once, or in each account but the administrator's, at the account itself where it has no such
   * resource. @default once
   */
  readonly caught?: "once" | "by each member";
  /** What is added first, and is compliant, where the zone has nothing that the control is about. */
  readonly add?: Resources | ((zone: ZoneDraft) => Resources);
  readonly change: (zone: ZoneDraft) => void;
}

/** What came of a mutation. */
export interface MutationResult extends Pick<Mutation, "control" | "mutation" | "at"> {
  /** Whether the zone needed something added, since it has nothing that the control is about. */
  readonly isAdded: boolean;
  /** What was found before, but for what the control does not apply to: all of it must be compliant. */
  readonly before: readonly Finding[];
  /** What is non-compliant after. */
  readonly found: readonly Finding[];
  /** Whether the zone was compliant before, and is not after as often as expected, there and nowhere else. */
  readonly isCaught: boolean;
}

const judged = (zone: ZoneDraft, control: string): readonly Finding[] =>
  judgeStandard(zone.configuration, { controls: new Set([control]) }).findings;

/** Breaks a copy of a zone and judges it, before and after, by the control alone. */
export function tryMutation(configuration: Configuration, mutation: Mutation): MutationResult {
  const { control, at, add, change, caught = "once" } = mutation;
  const zone = new ZoneDraft(configuration);
  if (add !== undefined) zone.add(typeof add === "function" ? add(zone) : add);
  const before = judged(zone, control).filter(({ verdict }) => verdict.status !== "not-applicable");
  change(zone);
  const found = judged(zone, control).filter(({ verdict }) => verdict.status === "non-compliant");
  const accounts = new Set(before.map(({ location }) => location.account)).size;
  const types = caught === "once" ? [at] : [at, undefined];
  const isCaught =
    before.length > 0 &&
    before.every(({ verdict }) => verdict.status === "compliant") &&
    found.length === (caught === "once" ? 1 : accounts - 1) &&
    found.every((finding) => types.includes(finding.location.type) && !isFailure(finding));
  return { control, mutation: mutation.mutation, at, isAdded: add !== undefined, before, found, isCaught };
}

/**
 * What does not pass where the values that a mutation sets are given at the apply only, so that nobody knows whether they
 * break anything.
 *
 * @returns `undefined` where the mutation sets no value
 */
export function tryUnknown(
  configuration: Configuration,
  { control, add, change }: Mutation,
): readonly Finding[] | undefined {
  let isSet = false;
  const zone = new ZoneDraft(configuration, () => {
    isSet = true;
    return "${var.given_at_the_apply}";
  });
  if (add !== undefined) zone.add(typeof add === "function" ? add(zone) : add);
  change(zone);
  if (!isSet) return undefined;
  return judged(zone, control).filter(({ verdict }) => ["non-compliant", "unknown"].includes(verdict.status));
}

/** A rule that throws refuses everything: it has caught nothing. */
const isFailure = ({ verdict }: Finding): boolean =>
  verdict.status === "non-compliant" && verdict.found.startsWith("the rule failed");
