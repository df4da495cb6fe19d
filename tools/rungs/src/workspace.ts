import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

/** The workspace's root. */
export const ROOT = resolve(__dirname, "../../..");

/** The zones, from their folders. */
export const ZONES = readdirSync(join(ROOT, "libs", "zones")).filter((name) =>
  statSync(join(ROOT, "libs", "zones", name)).isDirectory(),
);

/** A copy of the workspace's own files in another folder, with the same packages: what a second clone would be. */
export function copyWorkspace(): string {
  const copy = mkdtempSync(join(tmpdir(), "landfall-copy-"));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: ROOT,
  });
  for (const file of files.toString().split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file), { force: true });
  }
  linkPackages(copy);
  return copy;
}

/** The packages themselves are shared; our own, which npm links, lead into the copy. */
function linkPackages(copy: string): void {
  const modules = join(copy, "node_modules");
  mkdirSync(join(modules, "@landfall"), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules")).filter(
    (name) => name !== "@landfall" && name !== ".cache",
  )) {
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  const found = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "*/package.json"],
    { cwd: ROOT },
  );
  for (const file of found.toString().split("\n").filter(Boolean)) {
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
