import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Zone } from "@landfall/core";
import { type SourceLines } from "@landfall/fsbp";
import { sourceLinesIn } from "@landfall/synth";
import { acceptedBy } from "./accepted";

/** What an output folder of synth tells beside its Terraform JSON. */
export interface ZoneFolder {
  readonly sourceLines: SourceLines;
  readonly accepted: ReadonlyMap<string, string>;
  /** Whether it holds the whole zone, not one stack. */
  readonly isWhole: boolean;
  /** Whether it holds nothing: the zone has no instance of the stack that was synthesized. */
  readonly isEmpty: boolean;
}

interface ZoneFile {
  readonly zone: Zone;
  readonly instances: readonly { readonly stack: string }[];
}

/**
 * Reads what the synthesizer wrote beside the JSON.
 *
 * @returns `undefined` where the folder is none of its
 */
export function zoneFolder(path: string): ZoneFolder | undefined {
  const file = join(path, "zone.json");
  const content = existsSync(file) ? read(file) : undefined;
  if (content === undefined) return undefined;
  return {
    sourceLines: sourceLinesIn(path),
    accepted: acceptedBy(content.zone),
    isWhole: new Set(content.instances.map(({ stack }) => stack)).size > 1,
    isEmpty: content.instances.length === 0,
  };
}

/** Another tool's folder may hold a `zone.json` too: one of another shape is none of ours. */
function read(file: string): ZoneFile | undefined {
  try {
    const content = JSON.parse(readFileSync(file, "utf8")) as Partial<ZoneFile> | null;
    return content?.zone?.services !== undefined && Array.isArray(content.instances)
      ? (content as ZoneFile)
      : undefined;
  } catch {
    return undefined;
  }
}
