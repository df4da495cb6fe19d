import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { type Account, LandfallError, nearest } from "@landfall/core";

/** One stack in one account and region of one zone: one Terraform state. */
export interface Instance {
  /** e.g. `local-network-eu-west-1` */
  readonly name: string;
  /** The stack's short name, e.g. `network`. */
  readonly stack: string;
  /** The account's name, e.g. `main`. */
  readonly account: string;
  /** The account's id: 12 digits. */
  readonly accountId: string;
  /** e.g. `eu-west-1` */
  readonly region: string;
  /** Whose credentials apply it: the zone's deploy role, or an administrator's. */
  readonly appliedBy: "deployer" | "administrator";
}

/** A zone as far as the runner looks into it. */
export interface ZoneData {
  readonly name: string;
  readonly emulated: boolean;
  readonly production: boolean;
  /** Whether its data may be destroyed with it. */
  readonly disposable: boolean;
  readonly regions: { readonly home: string };
  /** The home account first. */
  readonly accounts: readonly Pick<Account, "name" | "id" | "duties">[];
  /** Who may take its roles beside its own home account. */
  readonly identity?: { readonly pipeline?: { readonly zone: string; readonly account: string } | undefined };
}

/** What was synthesized for one stack in one zone. */
export interface Synthesis {
  /** The synthesis output, an absolute path, e.g. `…/dist/synth/local/network`. */
  readonly folder: string;
  readonly zone: ZoneData;
  /** The stack's instances in the order of deployment; none where the zone has no use for the stack. */
  readonly instances: readonly Instance[];
}

interface ZoneFile {
  readonly zone: Pick<ZoneData, "name" | "regions"> & Partial<ZoneData>;
  readonly instances: readonly Instance[];
}

/**
 * The workspace's folder: the nearest one above `from` that holds an nx.json.
 *
 * @throws LandfallError outside a workspace
 */
export function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "nx.json"))) return folder;
    if (folder === dirname(folder)) throw new LandfallError(`No Nx workspace here or above: ${from}`);
  }
}

const foldersWith = (root: string, area: string, file: string): string[] =>
  existsSync(join(root, area))
    ? readdirSync(join(root, area)).filter((folder) => existsSync(join(root, area, folder, file)))
    : [];

/** The short names of every stack, sorted. */
export const stacksIn = (root: string): string[] =>
  [...foldersWith(root, "stacks", "src/stack.ts"), ...foldersWith(root, "apps", "infra/stack.ts")].sort();

/** The names of every zone, sorted. */
export const zonesIn = (root: string): string[] => foldersWith(root, "libs/zones", "zone.ts").sort();

/**
 * @param kind what the name is of, in words, e.g. `zone`
 * @throws LandfallError listing the known names, with the nearest one as a guess
 */
export function assertKnown(kind: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const guess = nearest(name, known);
  const hint = guess === undefined ? "" : ` Did you mean "${guess}"?`;
  throw new LandfallError(`Unknown ${kind} "${name}".${hint} Known: ${known.join(", ") || "none"}.`);
}

/**
 * Reads what was synthesized for a stack.
 *
 * @throws LandfallError when the stack or the zone is unknown, or when nothing was synthesized yet
 */
export function readSynthesis(root: string, zone: string, stack: string): Synthesis {
  assertKnown("stack", stack, stacksIn(root));
  assertKnown("zone", zone, zonesIn(root));
  const folder = join(root, "dist", "synth", zone, stack);
  const file = join(folder, "zone.json");
  const next = `run: npx nx synth ${stack} --configuration=${zone}`;
  if (!existsSync(file)) {
    throw new LandfallError(`Nothing is synthesized in ${relative(root, folder)} yet; ${next}`);
  }
  const { zone: data, instances } = JSON.parse(readFileSync(file, "utf8")) as ZoneFile;
  const own = instances.filter((instance) => instance.stack === stack);
  const defaults = { emulated: false, production: false, disposable: false, accounts: [] };
  return { folder, zone: { ...defaults, ...data }, instances: own };
}

/** Where things of an instance are kept, as absolute paths. */
export interface InstancePaths {
  /** Terraform's working folder. */
  readonly work: string;
  readonly json: string;
  readonly lock: string;
  readonly logs: string;
  /** The plan that a deploy makes and applies in one go. */
  readonly savedPlan: string;
  /** The folder of the plan that waits to be approved; nothing in it says where it is. */
  readonly plans: string;
  readonly planResult: string;
  readonly deployResult: string;
}

/** @param zone the zone's name */
export function pathsOf(root: string, zone: string, instance: Instance): InstancePaths {
  const work = join(root, "dist", "terraform", zone, instance.name);
  const plans = join(root, "dist", "plans", zone, instance.name);
  return {
    work,
    json: join(work, "cdk.tf.json"),
    lock: join(work, ".terraform.lock.hcl"),
    logs: join(work, "logs"),
    savedPlan: join(work, "plan.tfplan"),
    plans,
    planResult: join(plans, "plan.json"),
    deployResult: join(work, "deploy.json"),
  };
}
