import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprintOf, type TerraformJson } from "@landfall/nx-terraform";

/** A fingerprint of each instance, by the instance's name. */
export type Fingerprints = Readonly<Record<string, string>>;

/**
 * The fingerprint of each instance in an output folder of the synthesizer, as the runner makes it: of its JSON and its assets.
 * The provider lock is the same for all of a fleet, and is left out.
 *
 * @param outdir e.g. `dist/synth/fleet/orders`
 */
export function fingerprintsIn(outdir: string): Fingerprints {
  const stacks = join(outdir, "stacks");
  return Object.fromEntries(
    readdirSync(stacks).map((name) => {
      const folder = join(stacks, name);
      const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson;
      return [name, fingerprintOf({ json, folder, lock: undefined })];
    }),
  );
}
