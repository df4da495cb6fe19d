import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import {
  attackResults,
  mistakes,
  needResults,
  permissionsMarkdown,
  readZone,
  trustOf,
} from "@landfall/permissions";
import { node } from "../run";

/** The most mistakes that are told; the page in the reports has all. */
const LISTED = 20;

/** Where the output folder of a whole zone lies: some things only a whole zone shows. */
export type WholeZone = (zone: string) => string;

/** Synthesizes a whole zone. @throws LandfallError with what the synthesizer said */
export async function synthWhole(root: string, zone: string, out: string): Promise<void> {
  const { code, output } = await node(["tools/synth/synth.mjs", "--zone", zone, "--out", out], {
    cwd: root,
    capture: true,
    // Judged by its own check.
    env: { LANDFALL_FSBP: "off" },
  });
  if (code !== 0) throw new LandfallError(`the zone ${zone} does not synthesize:\n${output.trim()}`);
}

/** Judges whole zones by the FSBP controls, and keeps their ledgers. @throws LandfallError with the report of a zone that fails */
export async function judgeZones(
  root: string,
  zones: readonly string[],
  whole: WholeZone,
  reports: string,
): Promise<string> {
  for (const zone of zones) {
    const ledger = join(reports, `fsbp-${zone}.json`);
    const { code, output } = await node(["tools/fsbp/landfall-fsbp.mjs", whole(zone), "--ledger", ledger], {
      cwd: root,
      capture: true,
    });
    if (code !== 0)
      throw new LandfallError(`the zone ${zone} does not meet every control:\n${output.trim()}`);
  }
  return `${zones.length} zones meet every control that code decides`;
}

/** Tries every attack and every need of whole zones, and keeps the pages. @throws LandfallError naming what came out wrong */
export async function provePermissions(
  zones: readonly string[],
  whole: WholeZone,
  reports: string,
): Promise<string> {
  mkdirSync(reports, { recursive: true });
  let requests = 0;
  for (const name of zones) {
    const zone = zoneIn(whole(name));
    const attacks = await attackResults(zone);
    const needs = await needResults(zone);
    const trust = trustOf(zone);
    writeFileSync(
      join(reports, `permissions-${name}.md`),
      permissionsMarkdown({ zone: name, attacks, needs, trust }),
    );
    const wrong = [...mistakes([...attacks, ...needs]), ...trust.flatMap(({ problems }) => problems)];
    if (wrong.length > 0) {
      const more = wrong.length > LISTED ? `\nand ${wrong.length - LISTED} more` : "";
      throw new LandfallError(
        `the permissions of the zone ${name} are not as they must be:\n${wrong.slice(0, LISTED).join("\n")}${more}`,
      );
    }
    requests += [...attacks, ...needs].reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  }
  return `${requests} simulated requests come out as they must`;
}

/** Reads a zone; what can't be known of its permissions is the user's to mend. */
function zoneIn(folder: string) {
  try {
    return readZone(folder);
  } catch (error) {
    throw new LandfallError(error instanceof Error ? error.message : String(error));
  }
}
