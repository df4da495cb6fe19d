import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { LandfallError } from "@landfall/core";
import { unzipSync, zipSync } from "fflate";
import picomatch from "picomatch";

/** Which files of a build make its artifact. */
export interface ArtifactFiles {
  /** Globs, as in a buildspec. */
  readonly files: readonly string[];
  readonly "base-directory"?: string | undefined;
}

/**
 * Zips what a build hands on, as CodeBuild does: the files that its globs name, below its base directory.
 *
 * @throws LandfallError where no file matches, which fails the build in CodeBuild too
 */
export function zipArtifact(
  folder: string,
  { files, "base-directory": base = "." }: ArtifactFiles,
): Uint8Array {
  const root = resolve(folder, base);
  const matches = picomatch([...files], { dot: true });
  const paths = (existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => matches(relative(root, file).split(sep).join("/")))
    .sort();
  if (paths.length === 0) {
    throw new LandfallError(`No file matches the artifact's ${files.join(", ")} below ${base}`);
  }
  return zipSync(
    Object.fromEntries(
      paths.map((file) => [
        relative(root, file).split(sep).join("/"),
        // The mode, in the upper half of the attributes, as Unix zips have it.
        [readFileSync(file), { os: 3, attrs: (statSync(file).mode << 16) >>> 0 }],
      ]),
    ),
    { level: 1 },
  );
}

/**
 * Unpacks an artifact.
 *
 * @throws LandfallError where a path leads out of the folder
 */
export function unzipArtifact(zip: Uint8Array, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(unzipSync(zip))) {
    const file = resolve(folder, path);
    if (!file.startsWith(`${resolve(folder)}${sep}`)) {
      throw new LandfallError(`An artifact must hold files below its folder, got: ${path}`);
    }
    if (path.endsWith("/")) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    // Saved plans hold sensitive values; nobody else on this machine is to read them.
    chmodSync(file, 0o600);
  }
}
