import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { differences, type FileHashes, hashFolder, namesFirst, sha256 } from "./hashes";
import { type Verified } from "./verified";

/** A stack that can't be planned before others are deployed. */
export interface WaitingStack {
  readonly stack: string;
  /** The stacks whose contract values this very deploy makes or changes. */
  readonly for: readonly string[];
}

/** What `plan` says of a zone's plans: `manifest.json` of the artifact `plan_<zone>`. */
export interface PlanManifest {
  readonly format: 1;
  readonly zone: string;
  readonly revision?: string;
  /** SHA-256 of the `digest.json` that was planned from. */
  readonly verified: string;
  /** The stacks with plans to apply, those with nothing to do, and those that come after this deploy. */
  readonly stacks: {
    readonly planned: readonly string[];
    readonly unchanged: readonly string[];
    readonly waiting: readonly WaitingStack[];
  };
  /** The artifact's own files, but for this one. */
  readonly files: FileHashes;
}

const MANIFEST = "manifest.json";

/**
 * Where the caller states which plan was approved: SHA-256 of manifest.json, in hexadecimal. A pipeline keeps it in a
 * variable, out of reach of whoever can write its artifacts.
 */
export const APPROVED_DIGEST = "LANDFALL_PLAN_DIGEST";

const ownFiles = (folder: string): FileHashes => hashFolder(folder, (path) => path === MANIFEST);

/** Binds all that lies in the folder of a zone's plans. @returns the manifest's own hash */
export function writeManifest(
  folder: string,
  verified: Verified,
  of: Pick<PlanManifest, "zone" | "stacks">,
): string {
  const { revision } = verified.digest;
  const manifest: PlanManifest = {
    format: 1,
    zone: of.zone,
    ...(revision === undefined ? {} : { revision }),
    verified: verified.sha256,
    stacks: of.stacks,
    files: ownFiles(folder),
  };
  const content = `${JSON.stringify(manifest, undefined, 2)}\n`;
  writeFileSync(join(folder, MANIFEST), content);
  return sha256(content);
}

/**
 * Reads the plans of a zone, and compares them with what was planned and with what was verified.
 *
 * @param approved the hash of the manifest that was approved, where the caller knows it
 * @throws LandfallError naming the file that is not as it was planned
 */
export function readManifest(
  folder: string,
  zone: string,
  verified: Verified,
  approved: string | undefined,
): PlanManifest {
  const file = join(folder, MANIFEST);
  const next = "nothing was applied; plan and approve again";
  if (!existsSync(file)) {
    throw new LandfallError(
      `There is no ${MANIFEST} in ${folder}: run \`node tools/run.mjs delivery plan --zone ${zone}\` first, or hand its artifact on`,
    );
  }
  const content = readFileSync(file, "utf8");
  const manifest = JSON.parse(content) as PlanManifest;
  const wrong = differences(manifest.files, ownFiles(folder));
  if (wrong.length > 0) {
    throw new LandfallError(
      `The plans of the zone ${zone} are not what was approved: ${namesFirst(wrong)}; ${next}`,
    );
  }
  if (approved !== undefined && sha256(content) !== approved) {
    throw new LandfallError(
      `The plans of the zone ${zone} are not what was approved: ${MANIFEST} was changed (${APPROVED_DIGEST} is ${approved.slice(0, 12)}…, it has ${sha256(content).slice(0, 12)}…); ${next}`,
    );
  }
  if (manifest.zone !== zone) {
    throw new LandfallError(`'zone' in ${file} must be ${zone}, got: ${manifest.zone}; ${next}`);
  }
  if (manifest.verified !== verified.sha256) {
    throw new LandfallError(
      `The plans of the zone ${zone} were made from another verified artifact (${manifest.verified.slice(0, 12)}…, this one is ${verified.sha256.slice(0, 12)}…); ${next}`,
    );
  }
  return manifest;
}
