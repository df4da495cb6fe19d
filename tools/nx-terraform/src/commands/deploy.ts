import { writeFileSync } from "node:fs";

import type { LeftOut } from "../limits";
import { Session, type Request } from "../session";
import { countInState } from "../state";
import { countsLine, makePlan } from "./plan";

/** What `deploy` writes to deploy.json. */
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

/** Plans, applies exactly that plan, and writes deploy.json. Where nothing has changed, nothing is applied. */
export const deploy = (request: Request): Promise<void> =>
  Session.forEach(request, true, async (session) => {
    if (session.leavesToAdministrator()) return;
    const { counts, changes } = await makePlan(session);
    if (changes) {
      session.say(`plan: ${countsLine(counts)}`);
      await applyPlan(session, counts.add + counts.change + counts.destroy);
    }
    const result = await resultOf(session, counts);
    writeFileSync(session.folder.paths.deployResult, `${JSON.stringify(result, undefined, 2)}\n`);
    session.say(deployLine(result, changes));
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

async function resultOf(
  session: Session,
  counts: { add: number; change: number; destroy: number },
): Promise<DeployResult> {
  const { declared, notEmulated } = session.folder;
  return {
    instance: session.instance.name,
    stack: session.instance.stack,
    resources: declared,
    applied: countInState(await session.state()),
    added: counts.add,
    changed: counts.change,
    destroyed: counts.destroy,
    notEmulated,
    seconds: session.seconds,
  };
}

/** The one line that sums up a deploy. */
export function deployLine(result: DeployResult, changes: boolean): string {
  const { added, changed, destroyed, applied, notEmulated, seconds } = result;
  const did = changes
    ? `deployed: ${added} added, ${changed} changed, ${destroyed} destroyed`
    : "nothing to deploy: no changes";
  const left = notEmulated.length > 0 ? `, ${notEmulated.length} not emulated` : "";
  return `${did}; ${applied} resources in place${left}  ${seconds} s`;
}
