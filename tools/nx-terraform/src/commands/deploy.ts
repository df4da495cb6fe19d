import { writeFileSync } from "node:fs";

import type { LeftOut } from "../limits";
import { Session, type Request } from "../session";
import { type State, countInState } from "../state";
import { type PlanCounts, countsLine, makePlan } from "./plan";

/** What `deploy` and `apply` write to deploy.json. */
export interface DeployResult {
  /** The instance's name, e.g. `local-network-eu-west-1`. */
  readonly instance: string;
  readonly stack: string;
  /** Managed resource instances that were synthesized, before the emulator's limits. */
  readonly resources: number;
  /** Managed resource instances in the state afterwards. */
  readonly applied: number;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
  /** What the emulator's limits left out; empty in a zone on AWS. */
  readonly notEmulated: readonly LeftOut[];
  readonly seconds: number;
}

/** How a deploy ended: it was not planned, its plan had no changes, or it was applied. */
export type Outcome = "unchanged" | "no changes" | "deployed";

/**
 * Plans, applies exactly that plan, and writes deploy.json. What has not changed since the last deploy is not planned;
 * where the plan has no changes, nothing is applied.
 */
export const deploy = (request: Request): Promise<void> =>
  Session.forEach(request, true, async (session) => {
    if (session.leavesToAdministrator()) return;
    const { state, reason } = await session.standing();
    if (reason === undefined) {
      report(session, "unchanged", { add: 0, change: 0, destroy: 0 }, state ?? {});
      return;
    }
    const { counts, changes } = await makePlan(session);
    if (changes) {
      session.say(`plan: ${countsLine(counts)}`);
      await applyPlan(session, counts.add + counts.change + counts.destroy);
    }
    report(session, changes ? "deployed" : "no changes", counts, await session.state());
  });

/** Applies the plan that {@link makePlan} has saved. */
export async function applyPlan(session: Session, total: number): Promise<void> {
  await session.run("applying", total, [
    "apply",
    "-json",
    ...session.access("deploy"),
    session.folder.paths.savedPlan,
  ]);
}

/** Writes deploy.json, and says how it ended. */
export function report(session: Session, outcome: Outcome, counts: PlanCounts, state: State): void {
  const { declared, notEmulated, paths } = session.folder;
  const result: DeployResult = {
    instance: session.instance.name,
    stack: session.instance.stack,
    resources: declared,
    applied: countInState(state),
    added: counts.add,
    changed: counts.change,
    destroyed: counts.destroy,
    notEmulated,
    seconds: session.seconds,
  };
  writeFileSync(paths.deployResult, `${JSON.stringify(result, undefined, 2)}\n`);
  session.say(deployLine(result, outcome));
}

/** The one line that sums up a deploy. */
export function deployLine(result: DeployResult, outcome: Outcome): string {
  const { added, changed, destroyed, applied, notEmulated, seconds } = result;
  const did: Readonly<Record<Outcome, string>> = {
    unchanged: "unchanged since the last deploy",
    "no changes": "nothing to deploy: no changes",
    deployed: `deployed: ${added} added, ${changed} changed, ${destroyed} destroyed`,
  };
  const left = notEmulated.length > 0 ? `, ${notEmulated.length} not emulated` : "";
  return `${did[outcome]}; ${applied} resources in place${left}  ${seconds} s`;
}
