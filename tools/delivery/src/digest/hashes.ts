import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** The SHA-256 of files, in hexadecimal, by their paths with `/` from the folder that they were read in; sorted. */
export type FileHashes = Readonly<Record<string, string>>;

/** SHA-256 in hexadecimal. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

/**
 * The hashes of all files below a folder. A symbolic link counts by where it leads to, as Git keeps it.
 *
 * @param skip says of a path, with a `/` at the end for a folder, that it and all below it do not count
 */
export function hashFolder(folder: string, skip: (path: string) => boolean = () => false): FileHashes {
  const hashes: Record<string, string> = {};
  const walk = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (skip(entry.isDirectory() ? `${path}/` : path)) continue;
      if (entry.isDirectory()) walk(path);
      else hashes[path] = hashFile(join(folder, path));
    }
  };
  if (existsSync(folder)) walk("");
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const hashFile = (file: string): string =>
  sha256(lstatSync(file).isSymbolicLink() ? readlinkSync(file) : readFileSync(file));

/** One hash for many files: that of what `sha256sum` would print for them. */
export const hashOf = (files: FileHashes): string =>
  sha256(
    Object.entries(files)
      .map(([path, hash]) => `${hash}  ${path}\n`)
      .join(""),
  );

/** What is not as it was, one entry a file, e.g. `libs/a.ts was changed`; none where everything is the same. */
export function differences(was: FileHashes, is: FileHashes): string[] {
  const paths = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return paths.flatMap((path) => {
    if (was[path] === is[path]) return [];
    if (was[path] === undefined) return [`${path} was added`];
    return [`${path} was ${is[path] === undefined ? "removed" : "changed"}`];
  });
}

/** `a was changed`, or `a was changed, and 2 more files`. */
export const namesFirst = ([first = "", ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first}, and ${others.length} more file${others.length > 1 ? "s" : ""}`;
