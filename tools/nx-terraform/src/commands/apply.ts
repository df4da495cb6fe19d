import { writeFileSync } from "node:fs";

import { LandfallError } from "@landfall/core";

import { bindingsOf, movedBindings, readSavedPlan, reservePlanFile, type PlanManifest } from "../saved-plan";
import { Session, type Request, type Standing } from "../session";
import type { State } from "../state";
import { applyPlan, report } from "./deploy";

/**
 * Applies the plan that `plan` has saved, exactly that, and writes deploy.json.
 *
 * @throws LandfallError naming all that the plan is bound to and that has moved since, or the file that is not the saved one
 */
export const apply = (request: Request): Promise<void> =>
  Session.forEach(request, true, async (session) => {
    if (session.leavesToAdministrator()) return;
    const { folder, instance } = session;
    const next = `npx nx plan ${instance.stack} --configuration=${session.zone}`;
    const { manifest, plan, problems } = readSavedPlan(folder.paths.plans, instance.name, next);
    const standing = await session.standing("deploy");
    if (standing.state === undefined) await session.init(true);
    const state = standing.state ?? (await session.state());

    const nothing = { add: 0, change: 0, destroy: 0 };
    if (isApplied(manifest, standing)) {
      report(session, "unchanged", nothing, state);
      return;
    }
    const refused = [...problems, ...(await moved(session, manifest, state))];
    if (refused.length > 0) {
      throw new LandfallError(
        `${instance.name}: the saved plan is not applied: ${refused.join("; ")}. Run ${next} again, and have it approved`,
      );
    }
    if (plan === undefined) {
      report(session, "no changes", nothing, state);
      return;
    }
    await session.init(true);
    // These very bytes were checked: whatever becomes of the file now, it is they that are applied.
    reservePlanFile(folder.paths.savedPlan);
    writeFileSync(folder.paths.savedPlan, plan);
    const { counts } = manifest;
    await applyPlan(session, counts.add + counts.change + counts.destroy);
    report(session, "deployed", counts, await session.state());
  });

/**
 * Whether an earlier run has applied this plan already, e.g. one whose next stack failed: all that it was made from is
 * deployed. One that was made to mend what somebody changed by hand is never taken for applied.
 */
const isApplied = (manifest: PlanManifest, { state, reason, fingerprint }: Standing): boolean =>
  reason === undefined &&
  !manifest.forced &&
  manifest.fingerprint === fingerprint &&
  (manifest.state === null || manifest.state.lineage === state?.lineage);

async function moved(session: Session, manifest: PlanManifest, state: State): Promise<string[]> {
  const { folder, instance, root, toolchain, zone } = session;
  const { consumed, fingerprint } = folder;
  const values = await session.consumedValues("deploy");
  if (consumed === undefined || values === undefined) return ["the values that it consumes can't be read"];
  return movedBindings(
    manifest,
    bindingsOf({ root, zone, instance, fingerprint, toolchain, state, consumed, values }),
  );
}
