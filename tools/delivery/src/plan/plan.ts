import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LandfallError } from "@landfall/core";
import { digestFile, inputFolder, plansFolder, verifiedFolder } from "../artifacts";
import { type PlanManifest, writeManifest } from "../digest/plan-manifest";
import { assertDeliverable, readVerified } from "../digest/verified";
import { nxTarget } from "../run";
import { placeSigned } from "../sign/signed-artifact";
import { restoreSynth, synthFolder } from "../synth-output";
import { contractValues, type StackValues } from "./contract-values";
import { planInWaves, type WaveResult } from "./waves";
import { savedSummaries, writeSummary } from "./zone-summary";

/** What the runner calls a saved plan; there is none where nothing is to be applied. */
const PLAN_FILE = "plan.tfplan";

/**
 * Plans every stack of a zone from what was verified: the plans that `deploy` will apply, or nothing.
 *
 * @param signed whether signed code takes the place of bundles: what is never applied can do without
 * @throws LandfallError where the source or the verified artifact is not what it was, or a plan fails
 */
export async function plan(
  root: string,
  zone: string,
  say: (line: string) => void,
  signed = true,
): Promise<void> {
  const verified = readVerified(inputFolder("verified", verifiedFolder(root)), root);
  assertDeliverable(verified, zone);
  restoreSynth(root, verified.folder, zone);
  if (signed) placeSigned(root, zone, verified);
  const plans = plansFolder(root, zone);
  rmSync(plans, { recursive: true, force: true });
  mkdirSync(plans, { recursive: true });

  const stacks: PlanManifest["stacks"] = await planInWaves(
    contractValues(synthFolder(root, zone)),
    async (wave) => {
      const names = wave.map(({ stack }) => stack);
      if ((await nxTarget(root, "plan", zone, names)) !== 0) {
        throw new LandfallError(
          `The zone ${zone} can't be planned: see the stack above; nothing was applied`,
        );
      }
      return resultOf(wave, plans);
    },
  );
  const brief = writeSummary(plans, zone, stacks);
  const digest = writeManifest(plans, verified, { zone, stacks });
  mkdirSync(dirname(digestFile(root, zone)), { recursive: true });
  writeFileSync(digestFile(root, zone), `${digest}\n`);
  say(`\n${brief}`);
  say(`\nPlans: dist/plans/${zone}, SHA-256 of manifest.json ${digest}`);
}

/**
 * What the plans of a wave's stacks change. A plan without a change in its summary may still have to be applied: it renews
 * what the runner keeps beside the state.
 */
function resultOf(wave: readonly StackValues[], plans: string): WaveResult {
  const summaries = savedSummaries(plans);
  const planned: string[] = [];
  const changes = new Set<string>();
  for (const { stack, instances, publishes } of wave) {
    if (instances.some((instance) => existsSync(join(plans, instance, PLAN_FILE)))) planned.push(stack);
    const own = summaries.filter((summary) => summary.stack === stack);
    for (const { address } of own.flatMap((summary) => summary.changes)) {
      const name = publishes.get(address);
      if (name !== undefined) changes.add(name);
    }
  }
  return { planned, changes };
}
