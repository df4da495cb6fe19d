import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { PlanJson } from "../summary/plan-json";
import { lossOf } from "../summary/stateful-types";
import { type TerraformJson, resourcesOf } from "../terraform-json";
import type { Instance } from "../workspace";

/** Stacks that others can't live without, whatever is in them, with what goes with each. */
const PROTECTED_STACKS: Readonly<Record<string, string>> = {
  bootstrap: "the states of the zone and the roles that deploy it",
  keys: "all that its keys encrypt",
  logging: "the log archive",
  organization: "the accounts of the organization and their policies",
};

/** Attributes with which AWS refuses to delete a resource. */
const HOLDS = [
  "deletion_protection",
  "deletion_protection_enabled",
  "delete_protection",
  "enable_deletion_protection",
  "disable_api_termination",
];

const isOn = (value: unknown): boolean => value === true || value === "ACTIVE";

const holdIn = (values: Readonly<Record<string, unknown>>): string | undefined =>
  HOLDS.find((name) => isOn(values[name]));

/**
 * Why a stack is destroyed only when it is named: what it is, or stateful resources that its code protects.
 *
 * @returns empty for a stack that the zone's name is enough for
 */
export function protectionOf(root: string, zone: string, stack: string): string[] {
  const known = PROTECTED_STACKS[stack];
  return [
    ...(known === undefined ? [] : [known]),
    ...new Set(configurationsOf(root, zone, stack).flatMap(protectedIn)),
  ];
}

/** Whether a deployer destroys something of a stack: not where the zone has none of it, or it is an administrator's. */
export function isDeployers(root: string, zone: string, stack: string): boolean {
  const file = join(root, "dist", "synth", zone, stack, "zone.json");
  if (!existsSync(file)) return true;
  const { instances } = JSON.parse(readFileSync(file, "utf8")) as { readonly instances: readonly Instance[] };
  return instances.some((instance) => instance.stack === stack && instance.appliedBy !== "administrator");
}

function configurationsOf(root: string, zone: string, stack: string): TerraformJson[] {
  const folder = join(root, "dist", "synth", zone, stack, "stacks");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((instance) => join(folder, instance, "cdk.tf.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as TerraformJson);
}

function protectedIn(json: TerraformJson): string[] {
  return resourcesOf(json)
    .filter(({ address, block }) => {
      const stateful = lossOf(address.split(".")[0] ?? "") !== undefined;
      return stateful && (holdIn(block) !== undefined || preventsDestroy(block));
    })
    .map(({ address }) => address);
}

const preventsDestroy = ({ lifecycle }: Readonly<Record<string, unknown>>): boolean =>
  [lifecycle]
    .flat()
    .some((block) => (block as { prevent_destroy?: unknown } | undefined)?.prevent_destroy === true);

/** A resource that AWS will refuse to delete, as it is deployed now. */
export interface HeldResource {
  readonly address: string;
  /** The attribute that holds it, e.g. `deletion_protection_enabled`. */
  readonly attribute: string;
}

/** What a plan would delete and AWS would refuse to, which would leave the stack half destroyed. */
export const heldResources = ({ resource_changes: changes = [] }: PlanJson): HeldResource[] =>
  changes.flatMap(({ address, change }) => {
    if (!change.actions.includes("delete")) return [];
    const attribute = holdIn((change.before ?? {}) as Readonly<Record<string, unknown>>);
    return attribute === undefined ? [] : [{ address, attribute }];
  });
