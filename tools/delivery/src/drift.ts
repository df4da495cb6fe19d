import { LandfallError } from "@landfall/core";
import { nx, nxTarget } from "./run";

/**
 * Synthesizes a zone from this source, the revision that was deployed, and compares what is deployed with what was applied.
 *
 * @throws LandfallError where something drifted, or can't be compared: the run then fails, which is what a schedule's alarm
 * goes by
 */
export async function drift(root: string, zone: string): Promise<void> {
  const { code } = await nx(root, "synth", zone, []);
  if (code !== 0) throw new LandfallError(`The zone ${zone} does not synthesize, see above`);
  if ((await nxTarget(root, "drift", zone)) !== 0) {
    throw new LandfallError(
      `The zone ${zone} is not as it was deployed, or could not be compared: see above, and dist/terraform/${zone}/drift.md`,
    );
  }
}
