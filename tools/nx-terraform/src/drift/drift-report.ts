import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { replaceFile } from "../replace-file";
import { COMMENT_LIMIT } from "../summary";
import { attributesText, bounded, code, row } from "../summary/words";
import type { DriftedResource } from "./find-drift";

/** What `drift` writes to drift.json. */
export interface DriftResult {
  /** The instance's name, e.g. `sandbox-network-eu-west-1`. */
  readonly instance: string;
  readonly stack: string;
  /** When it was looked at, ISO 8601. */
  readonly at: string;
  readonly drifted: readonly DriftedResource[];
  readonly seconds: number;
}

const FILE = "drift.json";

/** Writes an instance's drift.json, and the zone's drift.md anew from those of all its instances. */
export function writeDrift(root: string, zone: string, result: DriftResult): void {
  const folder = join(root, "dist", "terraform", zone);
  replaceFile(join(folder, result.instance, FILE), `${JSON.stringify(result, undefined, 2)}\n`);
  // The last of the tasks that run side by side sees them all.
  const all = readdirSync(folder)
    .map((instance) => join(folder, instance, FILE))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as DriftResult);
  replaceFile(join(folder, "drift.md"), `${driftMarkdown(zone, all)}\n`);
}

/** The drift of a zone in Markdown. */
export function driftMarkdown(zone: string, results: readonly DriftResult[], limit = COMMENT_LIMIT): string {
  const drifted = results.filter((result) => result.drifted.length > 0);
  const count = drifted.reduce((sum, result) => sum + result.drifted.length, 0);
  const title =
    count === 0 ? "no drift" : `${count} resource${count === 1 ? "" : "s"} changed outside of Terraform`;
  const lines = [
    `## Drift of zone ${zone}: ${title}`,
    ...drifted.flatMap(({ instance, at, drifted: resources }) => [
      "",
      `### ${instance} (${at})`,
      "",
      "| | resource | what |",
      "| --- | --- | --- |",
      ...resources.map(({ address, what, attributes }) =>
        row(what, code(address), attributesText(attributes, code)),
      ),
    ]),
    "",
    "| looked at | at | drifted |",
    "| --- | --- | --- |",
    ...results.map(({ instance, at, drifted: resources }) => row(instance, at, String(resources.length))),
  ];
  return bounded(lines, limit, (left) => `\n… and ${left} more lines, which do not fit here`);
}
