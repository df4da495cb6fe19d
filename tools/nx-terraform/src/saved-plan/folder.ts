import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { LandfallError } from "@landfall/core";

import { sha256 } from "../fingerprint";
import type { Bindings } from "./bindings";
import { type PlanManifest, parseManifest } from "./manifest";

/** The plan itself: it holds every value of the state, sensitive ones too. */
export const PLAN_FILE = "plan.tfplan";
const MANIFEST_FILE = "manifest.json";

/** For nobody but the one who made it. */
const PRIVATE = 0o600;

/** A plan as it is saved. */
export interface PlanToSave {
  readonly bindings: Bindings;
  readonly counts: PlanManifest["counts"];
  readonly forced: boolean;
  /** The file that Terraform wrote, which is moved; `undefined` where there is nothing to apply. */
  readonly plan: string | undefined;
  /** What people and machines read of it, by file name. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A plan as it is read back. */
export interface ReadPlan {
  readonly manifest: PlanManifest;
  /** The bytes of the plan; `undefined` where there is nothing to apply. */
  readonly plan: Buffer | undefined;
  /** What is wrong with its files, in words. */
  readonly problems: readonly string[];
}

/** Creates an empty file that only we may read, for Terraform to write a plan to. */
export function reservePlanFile(file: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, "", { mode: PRIVATE });
}

/** Writes a plan to its folder, in the place of an earlier one. The manifest comes last: without it, there is no plan. */
export function savePlan(folder: string, { bindings, counts, forced, plan, texts }: PlanToSave): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (plan !== undefined) renameSync(plan, join(folder, PLAN_FILE));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const names = [...(plan === undefined ? [] : [PLAN_FILE]), ...Object.keys(texts)];
  const manifest: PlanManifest = {
    format: 1,
    ...bindings,
    forced,
    counts,
    files: Object.fromEntries(names.map((name) => [name, sha256(readFileSync(join(folder, name)))])),
    at: new Date().toISOString(),
  };
  writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/**
 * Reads a saved plan, and looks at each of its files.
 *
 * @param instance the instance's name, for messages
 * @param next the command that makes a plan
 * @throws LandfallError when there is none
 */
export function readSavedPlan(folder: string, instance: string, next: string): ReadPlan {
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file)) throw new LandfallError(`${instance} has no saved plan: run ${next}`);
  const manifest = parseManifest(readFileSync(file, "utf8"));
  if (manifest === undefined) {
    throw new LandfallError(`the manifest of the saved plan of ${instance} can't be read: run ${next}`);
  }
  const problems: string[] = [];
  const contents = new Map<string, Buffer>();
  for (const [name, expected] of Object.entries(manifest.files)) {
    const path = join(folder, name);
    const content = existsSync(path) ? readFileSync(path) : undefined;
    if (content === undefined) problems.push(`${name} is missing`);
    else if (sha256(content) !== expected) problems.push(`${name} is not the file that was saved`);
    else contents.set(name, content);
  }
  return { manifest, plan: contents.get(PLAN_FILE), problems };
}
