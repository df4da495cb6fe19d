import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ignore from "ignore";
import { type FileHashes, hashFolder } from "./hashes";

/**
 * The hashes of the source: every file of the workspace that its root `.gitignore` does not leave out. Git itself is not
 * asked, since a pipeline may hand the source on without its history.
 */
export function hashSource(root: string): FileHashes {
  const file = join(root, ".gitignore");
  const rules = ignore().add(existsSync(file) ? readFileSync(file, "utf8") : "");
  return hashFolder(root, (path) => path === ".git" || path === ".git/" || rules.ignores(path));
}
