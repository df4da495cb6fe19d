import { LandfallError } from "@landfall/core";

import type { State } from "../state";
import type { TerraformJson } from "../terraform-json";
import { type ConsumedValue, unreadSources } from "./consumed";
import type { Parameter } from "./parameters";
import { deployedIn, unfinished } from "./record";

/** The environment variable that plans everything, changed or not: `LANDFALL_CUTOFF=off`. */
export const CUTOFF_VARIABLE = "LANDFALL_CUTOFF";

/** @throws LandfallError for a value that is neither `on` nor `off` */
export function cutoffIsOn(env: NodeJS.ProcessEnv = process.env): boolean {
  const given = env[CUTOFF_VARIABLE] ?? "on";
  if (given !== "on" && given !== "off")
    throw new LandfallError(`'${CUTOFF_VARIABLE}' must be one of on, off, got: ${given}`);
  return given === "on";
}

/** What is known of an instance before it is planned. */
export interface Known {
  readonly json: TerraformJson;
  readonly fingerprint: string;
  /** `undefined` when it could not be read. */
  readonly state: State | undefined;
  /** The values that it consumes; `undefined` when the configuration does not tell. */
  readonly consumed: readonly ConsumedValue[] | undefined;
  /** Reads them as they are now; asked only when all else is the same. */
  readonly read: (values: readonly ConsumedValue[]) => Promise<Map<string, Parameter> | undefined>;
}

/**
 * Why an instance has to be planned. What can't be known is a reason; that somebody changed what is deployed by hand is
 * not, since finding that is what `drift` is for.
 *
 * @returns one line, or `undefined` when it is as it was last deployed
 */
export async function reasonToPlan({
  json,
  fingerprint,
  state,
  consumed,
  read,
}: Known): Promise<string | undefined> {
  if (state === undefined) return "its state could not be read beforehand";
  const deployed = deployedIn(state);
  if (deployed === undefined) return "it was not deployed yet";
  if (deployed.fingerprint !== fingerprint)
    return "its configuration, an asset or the provider lock has changed";
  const [left, ...more] = unfinished(json, state);
  if (left !== undefined)
    return `${left}${more.length > 0 ? ` and ${more.length} more` : ""} is left from an earlier deploy`;
  const [unread] = unreadSources(json);
  if (unread !== undefined) return `only a plan can tell what ${unread} reads`;
  if (consumed === undefined) return "what it consumes is not known beforehand";
  if (consumed.length === 0) return undefined;
  const now = await read(consumed);
  if (now === undefined) return "the values that it consumes could not be read";
  const moved = consumed.filter(({ block }) => deployed.consumed[block] !== now.get(block)?.value);
  return moved.length === 0
    ? undefined
    : `it consumes what has changed: ${[...new Set(moved.map(({ parameter }) => parameter))].join(", ")}`;
}
