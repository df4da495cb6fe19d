import { LandfallError, nearest } from "@landfall/core";

import type { ZoneData } from "../workspace";
import type { DestroyRun } from "./destroy-run";
import { heldResources, isDeployers, protectionOf } from "./protection";
import type { PlanJson } from "../summary/plan-json";

/** What is about to be destroyed, and what has been typed for it. */
export interface DestroyRequest {
  readonly root: string;
  readonly zone: ZoneData;
  /** The short name of this task's stack. */
  readonly stack: string;
  /** `<zone>` and `<zone>/<stack>`, separated by commas; `undefined` when nothing was typed. */
  readonly confirmed: string | undefined;
  /** The whole run that this task belongs to; `undefined` when it stands alone. */
  readonly run: DestroyRun | undefined;
}

/** The most resources that a message names. */
const NAMED = 3;

/**
 * Refuses to destroy a stack of a zone whose data may not go with it, unless the zone's name was typed, and the name of each
 * protected stack. It decides for the whole run, so that no stack is destroyed on the way to one that is refused.
 *
 * Nothing is asked: Nx runs tasks side by side, and none of them has the terminal.
 *
 * @throws LandfallError with what would go and the exact command that confirms it
 */
export function assertMayDestroy({ root, zone, stack, confirmed = "", run }: DestroyRequest): void {
  if (zone.emulated || zone.disposable) return;
  const stacks = [...new Set([...(run?.stacks ?? []), stack])].filter((name) =>
    isDeployers(root, zone.name, name),
  );
  const typed = confirmed.split(",").map((name) => name.trim());
  const guarded = stacks.map((name) => ({ name, why: protectionOf(root, zone.name, name) }));
  const open = guarded.filter(({ why }) => why.length === 0).map(({ name }) => name);
  const closed = guarded.filter(({ why }) => why.length > 0);
  const needed = [
    ...(open.length > 0 ? [zone.name] : []),
    ...closed.map(({ name }) => `${zone.name}/${name}`),
  ];
  const missing = needed.filter((name) => !typed.includes(name));
  if (missing.length === 0) return;
  throw new LandfallError(
    [
      `refused to destroy ${stacks.join(", ")} in zone ${zone.name}: not confirmed: ${missing.join(", ")}${guess(typed, needed)}`,
      ...closed
        .filter(({ name }) => missing.includes(`${zone.name}/${name}`))
        .map(({ name, why }) => `  ${name} is protected, with it goes: ${listed(why)}`),
      `  nothing of this run was destroyed; to destroy it: ${commandOf(run, stack, zone.name)} --confirm=${needed.join(",")}`,
    ].join("\n"),
  );
}

/**
 * Refuses to begin what AWS would refuse in the middle.
 *
 * @param zone the zone's name
 * @param plan what `terraform show -json` prints of the plan that destroys
 * @throws LandfallError naming each resource that is protected from deletion as it is deployed
 */
export function assertNothingHeld(instance: string, zone: string, plan: PlanJson): void {
  const held = heldResources(plan);
  if (held.length === 0) return;
  const names = held.map(({ address, attribute }) => `${address} (${attribute})`);
  throw new LandfallError(
    `${instance} is not destroyed: AWS protects ${listed(names)} from deletion. Set \`disposable: true\` in libs/zones/${zone}/zone.ts, deploy, and destroy again`,
  );
}

const commandOf = (run: DestroyRun | undefined, stack: string, zone: string): string =>
  ["npx nx", ...(run?.argv ?? ["destroy", stack, `--configuration=${zone}`])].join(" ");

function guess(typed: readonly string[], needed: readonly string[]): string {
  const near = typed.filter(
    (name) => name !== "" && !needed.includes(name) && nearest(name, needed) !== undefined,
  );
  return near.length === 0 ? "" : ` (got: ${near.join(", ")})`;
}

const listed = (names: readonly string[]): string =>
  names.length > NAMED
    ? `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`
    : names.join(", ");
