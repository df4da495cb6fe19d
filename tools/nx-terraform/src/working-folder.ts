import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { LandfallError } from "@landfall/core";

import type { Emulator } from "./emulator";
import { type ConsumedValue, consumedIn, fingerprintOf, recordBlocks } from "./fingerprint";
import { type LeftOut, type Limits, applyLimits } from "./limits";
import { type TerraformJson, countResources } from "./terraform-json";
import { type Instance, type InstancePaths, type Synthesis, pathsOf } from "./workspace";

/** What an emulated zone runs on. */
export interface EmulatedBy {
  readonly emulator: Emulator;
  readonly limits: Limits;
}

/** A folder ready for Terraform. */
export interface WorkingFolder {
  readonly paths: InstancePaths;
  /** The configuration as Terraform will read it. */
  readonly json: TerraformJson;
  /** The configuration as it was synthesized, before the emulator's limits. */
  readonly synthesized: TerraformJson;
  /** How many managed resource instances were synthesized, before the emulator's limits. */
  readonly declared: number;
  /** What the emulator's limits leave out. */
  readonly notEmulated: readonly LeftOut[];
  /** Of all that decides what is made from this folder. */
  readonly fingerprint: string;
  /** The values that the configuration consumes; `undefined` when it alone does not tell. */
  readonly consumed: readonly ConsumedValue[] | undefined;
}

/** The runner's own part of the configuration: the record of the fingerprint. */
const RECORD_FILE = "landfall_fingerprint.tf.json";

/** What stays in a working folder from one run to the next; all else is the synthesizer's. */
const kept =
  /^(?:\.terraform|\.terraform\.lock\.hcl|\.emulator|terraform\.tfstate.*|\.terraform\.tfstate\.lock\.info|logs|run\.lock|plan\.tfplan|deploy\.json|drift\.json)$/;

/** What is of no use once the emulator that it describes is gone. */
const ofEmulator =
  /^(?:terraform\.tfstate.*|\.terraform\.tfstate\.lock\.info|plan\.tfplan|deploy\.json|drift\.json)$/;

/**
 * Copies an instance's synthesized folder into its working folder, fitted to the emulator in an emulated zone, and puts the
 * record of its fingerprint beside it.
 *
 * The state of an emulated zone lives in this folder, but what it describes only in the emulator: state of an earlier
 * emulator is removed.
 *
 * @param lock the provider lock; `undefined` when there is none
 * @throws LandfallError when the instance was not synthesized, or the limits don't fit it
 */
export function prepare(
  root: string,
  synthesis: Synthesis,
  instance: Instance,
  emulated: EmulatedBy | undefined,
  lock: string | undefined,
): WorkingFolder {
  const paths = pathsOf(root, synthesis.zone.name, instance);
  const source = join(synthesis.folder, "stacks", instance.name);
  const file = join(source, "cdk.tf.json");
  if (!existsSync(file)) throw new LandfallError(`${instance.name} is not synthesized: ${file} is missing`);
  mkdirSync(paths.logs, { recursive: true });
  if (emulated !== undefined) forgetEarlierEmulator(paths, emulated.emulator);

  const original = JSON.parse(readFileSync(file, "utf8")) as TerraformJson;
  const fitted =
    emulated === undefined
      ? { json: original, notEmulated: [] }
      : applyLimits(original, instance.stack, emulated.limits);

  remove(paths.work, (name) => !kept.test(name));
  cpSync(source, paths.work, { recursive: true });
  const write = (path: string, json: TerraformJson) =>
    writeFileSync(path, `${JSON.stringify(json, undefined, 2)}\n`);
  if (emulated !== undefined) write(paths.json, fitted.json);
  const fingerprint = fingerprintOf({ json: fitted.json, folder: source, lock });
  const consumed = consumedIn(fitted.json);
  write(join(paths.work, RECORD_FILE), recordBlocks(fitted.json, fingerprint, consumed ?? []));
  return {
    paths,
    ...fitted,
    synthesized: original,
    declared: countResources(original),
    fingerprint,
    consumed,
  };
}

function forgetEarlierEmulator({ work, plans }: InstancePaths, { pid, startedAt }: Emulator): void {
  const stamp = join(work, ".emulator");
  const identity = `${pid} ${startedAt}`;
  const earlier = existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
  if (earlier === identity) return;
  remove(work, (name) => ofEmulator.test(name));
  rmSync(plans, { recursive: true, force: true });
  writeFileSync(stamp, identity);
}

function remove(folder: string, unwanted: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(unwanted))
    rmSync(join(folder, name), { recursive: true, force: true });
}
