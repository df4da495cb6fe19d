import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { zonesIn } from "@landfall/nx-terraform";

/** The workspace's root. */
export const ROOT = resolve(__dirname, "../../..");

/** The names of the zones. */
export const ZONES = zonesIn(ROOT);

/** A copy of the workspace's own files in another folder, with the same packages: what a second clone would be. */
export function copyWorkspace(): string {
  const copy = mkdtempSync(join(tmpdir(), "landfall-copy-"));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: ROOT,
    encoding: "utf8",
  })
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(ROOT, file)));
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file), { force: true });
  }
  linkPackages(copy, files);
  return copy;
}

/** The packages themselves are shared; our own, which npm links, lead into the copy. */
function linkPackages(copy: string, files: readonly string[]): void {
  const modules = join(copy, "node_modules");
  mkdirSync(join(modules, "@landfall"), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules")).filter(
    (name) => name !== "@landfall" && name !== ".cache",
  )) {
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  for (const file of files.filter((name) => name.endsWith("/package.json"))) {
    const { name } = JSON.parse(readFileSync(join(copy, file), "utf8")) as { name?: string };
    if (name?.startsWith("@landfall/")) symlinkSync(dirname(join(copy, file)), join(modules, name));
  }
}

/** How a run of the synthesizer ended. */
export interface SynthRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the synthesizer of a workspace as a person would. */
export function synth(root: string, ...args: string[]): SynthRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/synth/synth.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** The content of every file below a folder, by its path in it. */
export function filesBelow(folder: string): Record<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file), readFileSync(file)]),
  );
}
