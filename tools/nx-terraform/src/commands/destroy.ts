import { rmSync } from "node:fs";

import { Session, type Request } from "../session";
import { applyPlan } from "./deploy";
import { makePlan } from "./plan";

/** Destroys all that a stack's states hold. The stacks that use it must be destroyed before: Nx sees to that. */
export const destroy = (request: Request): Promise<void> =>
  Session.forEach(request, true, destroyOne, "reverse");

async function destroyOne(session: Session): Promise<void> {
  if (session.leavesToAdministrator()) return;
  const { counts, changes } = await makePlan(session, "-destroy");
  if (changes) await applyPlan(session, counts.destroy);
  const { deployResult, planResult, savedPlan } = session.folder.paths;
  for (const file of [deployResult, planResult, savedPlan]) rmSync(file, { force: true });
  session.say(
    `${changes ? `destroyed ${counts.destroy} resources` : "nothing to destroy"}  ${session.seconds} s`,
  );
}
