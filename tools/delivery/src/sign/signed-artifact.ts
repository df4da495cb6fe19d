import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { inputFolder } from "../artifacts";
import { differences, type FileHashes, hashFolder, namesFirst } from "../digest/hashes";
import { type Verified } from "../digest/verified";
import { synthFolder } from "../synth-output";
import { assertSameCode } from "./same-code";
import { signedFunctions } from "./signed-functions";

/** What `sign` says of itself: `digest.json` of the artifact `signed`. */
interface SignedDigest {
  readonly format: 1;
  /** SHA-256 of the `digest.json` of what was verified, whose bundles these are. */
  readonly verified: string;
  /** The signing profile's name. */
  readonly profile: string;
  /** The signed zips: each is called by the SHA-256 of its bundle. */
  readonly files: FileHashes;
}

const DIGEST = "digest.json";

const NEXT = "nothing was done; run the pipeline again from sign";

/** What `sign` writes, and the artifact `signed` holds. */
export const signedFolder = (root: string): string => join(root, "dist", "delivery", "signed");

/** The name of the signed zip of a bundle. @param sha256 the bundle's */
const zipOf = (sha256: string): string => `${sha256}.zip`;

const ownFiles = (folder: string): FileHashes => hashFolder(folder, (path) => path === DIGEST);

/** Writes the artifact `signed` anew. @param zips the signed zips by the SHA-256 of their bundles */
export function writeSigned(
  folder: string,
  {
    verified,
    profile,
    zips,
  }: Pick<SignedDigest, "profile"> & {
    readonly verified: Verified;
    readonly zips: ReadonlyMap<string, Uint8Array>;
  },
): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [sha256, zip] of zips) writeFileSync(join(folder, zipOf(sha256)), zip);
  const digest: SignedDigest = { format: 1, verified: verified.sha256, profile, files: ownFiles(folder) };
  writeFileSync(join(folder, DIGEST), `${JSON.stringify(digest, undefined, 2)}\n`);
}

/**
 * Puts signed code in the place of the bundles of a zone, for the functions that take signed code alone. It does nothing in a
 * zone without any, and then needs no artifact `signed`.
 *
 * What was verified must have been put back right before: `restoreSynth`.
 *
 * @throws LandfallError where the signed code is not that of what was verified
 */
export function placeSigned(root: string, zone: string, verified: Verified): void {
  const functions = signedFunctions(synthFolder(root, zone));
  if (functions.length === 0) return;
  const folder = inputFolder("signed", signedFolder(root));
  assertSigned(folder, verified);
  for (const { name, file, sha256 } of functions) {
    const signed = join(folder, zipOf(sha256));
    if (!existsSync(signed)) {
      throw new LandfallError(`The artifact signed must hold ${zipOf(sha256)}, the code of ${name}; ${NEXT}`);
    }
    assertSameCode(name, readFileSync(file), readFileSync(signed));
  }
  for (const { file, sha256 } of functions) copyFileSync(join(folder, zipOf(sha256)), file);
}

function assertSigned(folder: string, verified: Verified): void {
  const file = join(folder, DIGEST);
  if (!existsSync(file)) {
    throw new LandfallError(
      `There is no ${DIGEST} in ${folder}, and functions take signed code alone: run \`node tools/run.mjs delivery sign\` first, or hand its artifact on`,
    );
  }
  const digest = JSON.parse(readFileSync(file, "utf8")) as SignedDigest;
  const wrong = differences(digest.files, ownFiles(folder));
  if (wrong.length > 0) {
    throw new LandfallError(`The artifact signed is not what sign made: ${namesFirst(wrong)}; ${NEXT}`);
  }
  if (digest.verified !== verified.sha256) {
    throw new LandfallError(
      `The artifact signed was made from another verified artifact (${digest.verified.slice(0, 12)}…, this one is ${verified.sha256.slice(0, 12)}…); ${NEXT}`,
    );
  }
}
