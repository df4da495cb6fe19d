import { spawnSync } from "node:child_process";

import { type ConsumedValue, type Parameter, sha256 } from "../fingerprint";
import type { State } from "../state";
import type { Toolchain } from "../toolchain";
import type { Instance } from "../workspace";
import type { PlanManifest } from "./manifest";

/** The part of a manifest that must be the same when the plan is applied. */
export type Bindings = Omit<PlanManifest, "format" | "forced" | "counts" | "files" | "at">;

/** What the bindings of an instance are gathered from. */
export interface Bound {
  readonly root: string;
  readonly zone: string;
  readonly instance: Instance;
  readonly fingerprint: string;
  readonly toolchain: Pick<Toolchain, "engine" | "version" | "lock">;
  readonly state: State;
  readonly consumed: readonly ConsumedValue[];
  /** The consumed values as they are now, by data block. */
  readonly values: ReadonlyMap<string, Parameter>;
}

/** What a plan of an instance is bound to now. */
export function bindingsOf(bound: Bound): Bindings {
  const { root, zone, instance, fingerprint, toolchain, state, consumed, values } = bound;
  const { lineage, serial = 0 } = state;
  const known = consumed.flatMap(({ block, region, parameter }) => {
    const now = values.get(block);
    return now === undefined
      ? []
      : [[`${region} ${parameter}`, { version: now.version, sha256: sha256(now.value) }] as const];
  });
  return {
    zone,
    stack: instance.stack,
    instance: instance.name,
    account: instance.accountId ?? "",
    region: instance.region,
    fingerprint,
    state: lineage === undefined ? null : { lineage, serial },
    lock: toolchain.lock === undefined ? null : sha256(toolchain.lock),
    engine: `${toolchain.engine} ${toolchain.version}`,
    consumed: Object.fromEntries(known),
    revision: gitRevision(root),
  };
}

function gitRevision(root: string): string | null {
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** The most characters of a hash that are shown. */
const SHOWN = 12;

const short = (text: string | null): string => text?.slice(0, SHOWN) ?? "none";

const stateText = (state: Bindings["state"]): string =>
  state === null ? "none" : `serial ${state.serial} of ${state.lineage.slice(0, 8)}`;

/** Each binding that has moved, in words. */
export function movedBindings(saved: Bindings, now: Bindings): string[] {
  const consumed = [...new Set([...Object.keys(saved.consumed), ...Object.keys(now.consumed)])].sort();
  const valueText = (bindings: Bindings, name: string) => {
    const value = bindings.consumed[name];
    return value === undefined ? "none" : `version ${value.version} (${short(value.sha256)})`;
  };
  const rows: readonly (readonly [what: string, saved: string, now: string])[] = [
    ["the zone", saved.zone, now.zone],
    ["the stack", saved.stack, now.stack],
    ["the instance", saved.instance, now.instance],
    ["the account", saved.account, now.account],
    ["the region", saved.region, now.region],
    ["the fingerprint", short(saved.fingerprint), short(now.fingerprint)],
    ["the state", stateText(saved.state), stateText(now.state)],
    ["the provider lock", short(saved.lock), short(now.lock)],
    ["the tool", saved.engine, now.engine],
    ...consumed.map(
      (name) => [`the consumed ${name}`, valueText(saved, name), valueText(now, name)] as const,
    ),
    // An artifact of a pipeline comes without its repository.
    ...(saved.revision === null || now.revision === null
      ? []
      : [["the revision", short(saved.revision), short(now.revision)] as const]),
  ];
  return rows
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => `${what} was ${before}, and is now ${after}`);
}
