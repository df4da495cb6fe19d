import { execFileSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { LandfallError } from "@landfall/core";
import { unzipSync } from "fflate";
import { zipArtifact } from "./artifacts";

/** The commit that is rehearsed, or the working tree as it is. */
export const SOURCES = ["head", "tree"] as const;
export type SourceKind = (typeof SOURCES)[number];

/** The artifact of the source stage. */
export interface Source {
  readonly zip: Uint8Array;
  /** The commit's full id. */
  readonly revision: string;
  /** How many files are not as they were committed. */
  readonly uncommitted: number;
}

const git = (root: string, ...args: string[]): string =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/**
 * Packs the source as CodePipeline's source stage would: files alone, without their history.
 *
 * @param scratch an empty folder
 * @throws LandfallError where there is no commit
 */
export function packSource(root: string, kind: SourceKind, scratch: string): Source {
  const revision = headOf(root);
  const uncommitted = git(root, "status", "--porcelain")
    .split("\n")
    .filter((line) => line !== "").length;
  if (kind === "head") {
    const zip = execFileSync("git", ["archive", "--format=zip", "HEAD"], {
      cwd: root,
      maxBuffer: 1024 * 1024 * 1024,
    });
    // Read once, so that a broken archive is known here and not in the first build.
    unzipSync(zip, { filter: () => false });
    return { zip, revision, uncommitted };
  }
  const files = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(root, file)) && lstatSync(join(root, file)).isFile());
  for (const file of files) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true });
    cpSync(join(root, file), join(scratch, file));
  }
  return { zip: zipArtifact(scratch, { files: ["**/*"] }), revision, uncommitted };
}

function headOf(root: string): string {
  try {
    return git(root, "rev-parse", "--verify", "HEAD").trim();
  } catch {
    throw new LandfallError(
      "A rehearsal starts from a commit, and there is none here: git commit, and run it again",
    );
  }
}
