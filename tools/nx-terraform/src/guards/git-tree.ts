import { spawnSync } from "node:child_process";

/**
 * The files that differ from the last commit, or that no commit holds.
 *
 * @returns `undefined` where there is no git or no repository, so nothing to compare with
 */
export function uncommittedFiles(root: string): string[] | undefined {
  const { status, stdout } = spawnSync("git", ["status", "--porcelain", "-z"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
  });
  if (status !== 0) return undefined;
  return stdout
    .split("\0")
    .filter((entry) => /^[ MTADRCU?!]{2} /.test(entry))
    .map((entry) => entry.slice("XY ".length));
}
