import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { differences, type FileHashes, hashFolder, hashOf, namesFirst, sha256 } from "./hashes";
import { isEmulated, verifiedSynth } from "../synth-output";
import { hashSource } from "./source-tree";

/** How a check of `verify` ended; `impossible` only where it may be so, see the check. */
export type CheckOutcome = "passed" | "skipped" | "impossible";

export interface CheckResult {
  /** e.g. `lint` */
  readonly name: string;
  readonly outcome: CheckOutcome;
  /** Why it did not run, or what it found, in one line. */
  readonly detail?: string;
  readonly seconds: number;
}

/** What `verify` says of itself: `digest.json` of the artifact `verified`. */
export interface VerifiedDigest {
  readonly format: 1;
  /** The commit, where one is known. */
  readonly revision?: string;
  /** The zones that were synthesized. */
  readonly zones: readonly string[];
  readonly checks: readonly CheckResult[];
  readonly source: { readonly sha256: string; readonly files: FileHashes };
  /** SHA-256 of package-lock.json and of .terraform.lock.hcl. */
  readonly locks: { readonly packages: string; readonly provider: string };
  /** The artifact's own files, but for this one. */
  readonly files: FileHashes;
}

const DIGEST = "digest.json";

const NEXT = "run the pipeline again from verify";

/** Writes the digest of what lies in the folder. */
export function writeVerified(
  folder: string,
  root: string,
  of: Pick<VerifiedDigest, "zones" | "checks"> & {
    readonly revision: string | undefined;
    readonly source: FileHashes;
  },
): VerifiedDigest {
  const { revision, zones, checks, source } = of;
  const digest: VerifiedDigest = {
    format: 1,
    ...(revision === undefined ? {} : { revision }),
    zones,
    checks,
    source: { sha256: hashOf(source), files: source },
    locks: {
      packages: sha256(readFileSync(join(root, "package-lock.json"))),
      provider: sha256(readFileSync(join(root, ".terraform.lock.hcl"))),
    },
    files: ownFiles(folder),
  };
  writeFileSync(join(folder, DIGEST), `${JSON.stringify(digest, undefined, 2)}\n`);
  return digest;
}

const ownFiles = (folder: string): FileHashes => hashFolder(folder, (path) => path === DIGEST);

/** What was verified, with a hash that stands for all of it. */
export interface Verified {
  readonly folder: string;
  readonly digest: VerifiedDigest;
  /** SHA-256 of digest.json, which holds all the others. */
  readonly sha256: string;
}

/**
 * Reads the artifact `verified`, and compares it and the source with what was verified.
 *
 * @param root the workspace that is about to be planned or deployed
 * @throws LandfallError naming the file that is not as it was verified
 */
export function readVerified(folder: string, root: string): Verified {
  const file = join(folder, DIGEST);
  if (!existsSync(file)) {
    throw new LandfallError(
      `There is no ${DIGEST} in ${folder}: run \`node tools/run.mjs delivery verify\` first, or hand its artifact on`,
    );
  }
  const content = readFileSync(file, "utf8");
  const digest = parseDigest(content, file);
  const own = differences(digest.files, ownFiles(folder));
  if (own.length > 0) {
    throw new LandfallError(
      `The artifact verified is not what verify made: ${namesFirst(own)}; nothing was done; ${NEXT}`,
    );
  }
  const source = differences(digest.source.files, hashSource(root));
  if (source.length > 0) {
    throw new LandfallError(
      `The source is not what was verified: ${namesFirst(source)}; nothing was done; ${NEXT}`,
    );
  }
  return { folder, digest, sha256: sha256(content) };
}

function parseDigest(content: string, file: string): VerifiedDigest {
  const { format } = JSON.parse(content) as { readonly format?: unknown };
  if (format !== 1)
    throw new LandfallError(`'format' in ${file} must be 1, got: ${JSON.stringify(format)}; ${NEXT}`);
  return JSON.parse(content) as VerifiedDigest;
}

/**
 * Refuses a zone that was not synthesized by verify, and, where the zone is not emulated, one whose checks were left out.
 *
 * @throws LandfallError naming the zone or the checks
 */
export function assertDeliverable({ digest, folder }: Verified, zone: string): void {
  if (!digest.zones.includes(zone)) {
    throw new LandfallError(
      `The zone ${zone} must be one that was verified (${digest.zones.join(", ")}); ${NEXT}`,
    );
  }
  const skipped = digest.checks.filter(({ outcome }) => outcome === "skipped").map(({ name }) => name);
  if (skipped.length > 0 && !isEmulated(verifiedSynth(folder, zone))) {
    throw new LandfallError(
      `The zone ${zone} is one of AWS, and takes nothing that was verified without: ${skipped.join(", ")}; ${NEXT}, with nothing skipped`,
    );
  }
}
