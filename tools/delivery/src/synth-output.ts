import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Where the synthesizer writes a zone, one folder for each stack. */
export const synthFolder = (root: string, zone: string): string => join(root, "dist", "synth", zone);

/** Where the artifact `verified` holds the same. */
export const verifiedSynth = (verified: string, zone: string): string => join(verified, "synth", zone);

/** Puts what was verified in the place of whatever was synthesized here. Nothing is synthesized again. */
export function restoreSynth(root: string, verified: string, zone: string): void {
  const target = synthFolder(root, zone);
  rmSync(target, { recursive: true, force: true });
  cpSync(verifiedSynth(verified, zone), target, { recursive: true });
}

/**
 * Whether a zone runs on the emulator, by what was synthesized of it.
 *
 * @param synth the zone's synthesis, with one folder for each stack
 */
export function isEmulated(synth: string): boolean {
  const [first = ""] = readdirSync(synth).sort();
  const { zone } = JSON.parse(readFileSync(join(synth, first, "zone.json"), "utf8")) as {
    readonly zone: { readonly emulated?: boolean };
  };
  return zone.emulated ?? false;
}
