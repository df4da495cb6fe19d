import { rmSync } from "node:fs";
import { join } from "node:path";

import {
  assertMayDestroy,
  assertNothingHeld,
  CONFIRM_VARIABLE,
  type DestroyRun,
  RUN_VARIABLE,
} from "../guards";
import { Session, type Request } from "../session";
import { readPlan } from "../summary";
import { readSynthesis } from "../workspace";
import { applyPlan } from "./deploy";
import { makePlan } from "./plan";

/**
 * Destroys all that a stack's states hold. The stacks that use it must be destroyed before: Nx sees to that.
 *
 * @param confirmed the names typed after `--confirm`; the environment's, where nothing was
 * @throws LandfallError when the zone's data may not go with it and the names that confirm it were not typed
 */
export async function destroy(request: Request, confirmed?: string): Promise<void> {
  const { root, stack } = request;
  const { zone } = readSynthesis(root, request.zone, stack);
  const run = process.env[RUN_VARIABLE];
  assertMayDestroy({
    root,
    zone,
    stack,
    confirmed: confirmed ?? process.env[CONFIRM_VARIABLE],
    run: run === undefined ? undefined : (JSON.parse(run) as DestroyRun),
  });
  await Session.forEach(
    request,
    true,
    async (session) => {
      if (session.leavesToAdministrator()) return;
      const { counts, changes } = await makePlan(session, "-destroy");
      if (changes) {
        // Not worth its second on the emulator, which protects nothing.
        if (!zone.emulated)
          assertNothingHeld(
            session.instance.name,
            zone.name,
            await readPlan(session, session.folder.paths.savedPlan),
          );
        await applyPlan(session, counts.destroy);
      }
      const { deployResult, plans, savedPlan, work } = session.folder.paths;
      for (const left of [deployResult, plans, savedPlan, join(work, "drift.json")])
        rmSync(left, { recursive: true, force: true });
      session.say(
        `${changes ? `destroyed ${counts.destroy} resources` : "nothing to destroy"}  ${session.seconds} s`,
      );
    },
    "reverse",
  );
}
