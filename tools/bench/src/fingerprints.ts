import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A hash of everything that was synthesized for an instance, by the instance's name. */
export type Fingerprints = Readonly<Record<string, string>>;

/**
 * The fingerprint of each instance in an output folder of the synthesizer: its JSON and its assets.
 *
 * @param outdir e.g. `dist/synth/fleet/orders`
 */
export function fingerprintsIn(outdir: string): Fingerprints {
  const folder = join(outdir, "stacks");
  return Object.fromEntries(readdirSync(folder).map((name) => [name, fingerprint(join(folder, name))]));
}

function fingerprint(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${file.slice(folder.length)} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}
