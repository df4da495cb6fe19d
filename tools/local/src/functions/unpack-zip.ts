import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { unzipSync } from "fflate";

/**
 * Unpacks a zip into a folder, which is emptied first.
 *
 * @throws Error when an entry would lie outside of the folder; nothing is written then
 */
export function unpackZip(zip: Uint8Array, folder: string): void {
  const files = Object.entries(unzipSync(zip)).filter(([name]) => !name.endsWith("/"));
  const targets = files.map(([name, content]) => {
    const file = resolve(folder, name);
    const inside = relative(folder, file);
    if (name.includes("\\") || inside === "" || inside.startsWith("..") || isAbsolute(inside)) {
      throw new Error(`The zip has an entry outside of its folder: ${JSON.stringify(name)}`);
    }
    return [file, content] as const;
  });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of targets) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
