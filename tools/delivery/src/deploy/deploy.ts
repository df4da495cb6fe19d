import { cpSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { LandfallError } from "@landfall/core";
import { inputFolder, planArtifact, plansFolder, verifiedFolder } from "../artifacts";
import { APPROVED_DIGEST, readManifest } from "../digest/plan-manifest";
import { assertDeliverable, readVerified } from "../digest/verified";
import { nxTarget } from "../run";
import { placeSigned } from "../sign/signed-artifact";
import { restoreSynth } from "../synth-output";

/**
 * Applies exactly the plans of a zone that were saved and approved, each stack after those whose contracts it imports.
 * Nothing is synthesized and nothing is planned.
 *
 * @throws LandfallError where anything is not as it was verified, planned and approved, or a plan can't be applied
 */
export async function deploy(root: string, zone: string, say: (line: string) => void): Promise<void> {
  const verified = readVerified(inputFolder("verified", verifiedFolder(root)), root);
  assertDeliverable(verified, zone);
  const plans = plansFolder(root, zone);
  const handed = inputFolder(planArtifact(zone), plans);
  const { stacks } = readManifest(handed, zone, verified, process.env[APPROVED_DIGEST]);

  restoreSynth(root, verified.folder, zone);
  placeSigned(root, zone, verified);
  if (resolve(handed) !== resolve(plans)) {
    rmSync(plans, { recursive: true, force: true });
    cpSync(handed, plans, { recursive: true });
  }
  const { planned, unchanged, waiting } = stacks;
  // The unchanged ones too, which takes no time: what lies between two stacks keeps them in their order.
  if (planned.length > 0 && (await nxTarget(root, "apply", zone, [...planned, ...unchanged])) !== 0) {
    throw new LandfallError(
      `Not all of the zone ${zone} is deployed: see the stack above. What was applied stays; mend the cause, then plan and approve again`,
    );
  }
  say(
    planned.length === 0
      ? `\nThe zone ${zone} has nothing to deploy: ${unchanged.length} stacks are unchanged`
      : `\nThe zone ${zone} is deployed: ${planned.join(", ")}; ${unchanged.length} stacks are unchanged`,
  );
  if (waiting.length > 0) {
    const names = waiting.map(({ stack }) => stack);
    say(
      `${names.length} ${names.length > 1 ? "stacks consume" : "stack consumes"} values that this has made or changed: run the pipeline again for ${names.join(", ")}`,
    );
  }
}
