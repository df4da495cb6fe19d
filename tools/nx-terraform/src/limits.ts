import { readFileSync } from "node:fs";

import { LandfallError } from "@landfall/core";

import { type ResourceBlock, type TerraformJson, resourcesOf } from "./terraform-json";

/** A resource that the emulator can't make: left out of the local apply, and counted. */
export interface NotEmulated {
  /** The stack's short name. */
  readonly stack: string;
  /** An exact address, or a pattern in which `*` stands for any characters, e.g. `aws_xray_group.*`. */
  readonly address: string;
  readonly why: string;
  /** The upstream issue, or the condition, that ends this entry. */
  readonly retiredBy: string;
}

/** An attribute that the emulator gives back differently: ignored in the local plan. */
export interface Drift {
  /** The stack's short name, or `*` for any. */
  readonly stack: string;
  /** A resource type, e.g. `aws_sqs_queue`. */
  readonly resource: string;
  readonly attribute: string;
  readonly why: string;
  readonly retiredBy: string;
}

/** The one reviewed file of what the emulator can't do. */
export interface Limits {
  readonly notEmulated: readonly NotEmulated[];
  readonly drifts: readonly Drift[];
}

/** A resource left out of an apply, as results report it. */
export interface LeftOut {
  readonly address: string;
  readonly why: string;
}

/** @throws LandfallError when the file is missing or no JSON */
export function readLimits(file: string): Limits {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Limits;
  } catch (error) {
    throw new LandfallError(`The emulator's limits can't be read from ${file}: ${(error as Error).message}`);
  }
}

/**
 * Fits a stack's configuration to the emulator: removes the resources that it can't make, and ignores the attributes
 * that it gives back differently.
 *
 * An order (`depends_on`) on a removed resource goes with it; any other use of one is an error, since what remains
 * could not be applied.
 *
 * @param stack the stack's short name
 * @throws LandfallError naming the resource that still refers to a removed one
 */
export function applyLimits(
  json: TerraformJson,
  stack: string,
  limits: Limits,
): { readonly json: TerraformJson; readonly notEmulated: readonly LeftOut[] } {
  const notEmulated = resourcesOf(json).flatMap(({ address }): LeftOut[] => {
    const limit = limits.notEmulated.find(
      (entry) => entry.stack === stack && matches(entry.address, address),
    );
    return limit === undefined ? [] : [{ address, why: limit.why }];
  });
  const removed = new Set(notEmulated.map(({ address }) => address));
  const drifts = limits.drifts.filter((drift) => drift.stack === "*" || drift.stack === stack);

  const resource: Record<string, Record<string, ResourceBlock>> = {};
  for (const [type, blocks] of Object.entries(json.resource ?? {})) {
    const kept = Object.entries(blocks).filter(([name]) => !removed.has(`${type}.${name}`));
    if (kept.length === 0) continue;
    const ignored = drifts.filter((drift) => drift.resource === type).map(({ attribute }) => attribute);
    resource[type] = Object.fromEntries(
      kept.map(([name, block]) => [name, ignoring(without(block, removed), ignored)]),
    );
  }
  const fitted = { ...json, resource };
  assertUnused(removed, fitted);
  return { json: fitted, notEmulated };
}

/**
 * The limits that name this very stack and match nothing in it; one for any stack needs a look at the whole zone.
 *
 * @param synthesized the configurations of its instances
 */
export function staleLimitsOf(
  stack: string,
  synthesized: readonly TerraformJson[],
  limits: Limits = { notEmulated: [], drifts: [] },
): string[] {
  const own = <Entry extends { readonly stack: string }>(entries: readonly Entry[]) =>
    entries.filter((entry) => entry.stack === stack);
  return staleLimits(
    { notEmulated: own(limits.notEmulated), drifts: own(limits.drifts) },
    synthesized.map((json) => ({ stack, json })),
  );
}

/** The entries that match nothing in any of the stacks: the emulator has caught up, or the stacks have changed. */
export function staleLimits(
  limits: Limits,
  stacks: readonly { readonly stack: string; readonly json: TerraformJson }[],
): string[] {
  const known = stacks.flatMap(({ stack, json }) =>
    resourcesOf(json).map(({ address }) => ({ stack, address })),
  );
  const unused = (stack: string, pattern: string) =>
    !known.some((entry) => (stack === "*" || stack === entry.stack) && matches(pattern, entry.address));
  return [
    ...limits.notEmulated
      .filter(({ stack, address }) => unused(stack, address))
      .map(({ stack, address }) => `${stack}: ${address}`),
    ...limits.drifts
      .filter(({ stack, resource }) => unused(stack, `${resource}.*`))
      .map(({ stack, resource, attribute }) => `${stack}: ${resource}.*.${attribute}`),
  ];
}

/** In a pattern, `*` stands for any characters; all else in an address is a word character, a dot or a dash. */
const matches = (pattern: string, address: string): boolean =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(address);

function without(block: ResourceBlock, removed: ReadonlySet<string>): ResourceBlock {
  const order = block["depends_on"];
  if (!Array.isArray(order)) return block;
  return { ...block, depends_on: order.filter((address) => !removed.has(String(address))) };
}

function ignoring(block: ResourceBlock, attributes: readonly string[]): ResourceBlock {
  if (attributes.length === 0) return block;
  const lifecycle = (block["lifecycle"] ?? {}) as { readonly ignore_changes?: "all" | readonly string[] };
  const already = lifecycle.ignore_changes ?? [];
  if (already === "all" || already.includes("all")) return block;
  return { ...block, lifecycle: { ...lifecycle, ignore_changes: [...new Set([...already, ...attributes])] } };
}

function assertUnused(removed: ReadonlySet<string>, json: TerraformJson): void {
  const users: { readonly where: string; readonly content: unknown }[] = [
    ...resourcesOf(json).map(({ address, block }) => ({ where: address, content: block })),
    ...["data", "output", "locals", "module", "provider"].map((block) => ({
      where: `the ${block} blocks`,
      content: json[block],
    })),
  ];
  for (const address of removed) {
    const reference = new RegExp(`(?<![\\w.-])${address.replace(".", "\\.")}(?![\\w-])`);
    const user = users.find(
      ({ content }) => content !== undefined && reference.test(JSON.stringify(content)),
    );
    if (user !== undefined) {
      throw new LandfallError(
        `${address} is not emulated, but ${user.where} refers to it: list that in the emulator's limits too, or cut the reference`,
      );
    }
  }
}
