import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { replaceFile } from "../replace-file";
import { combine } from "./combine";
import type { PlanSummary } from "./plan-summary";
import { BRIEF_LIMIT, COMMENT_LIMIT, toBrief, toMarkdown } from "./to-markdown";

/**
 * Rolls up what the plans of a zone do: `summary.md` for a pull request or an approver, `brief.txt` for the notice of an
 * approval. Each task that has planned writes them anew; the last of those that run side by side sees them all. Where nothing
 * was planned, nothing is written.
 *
 * @param folder of the zone's saved plans, with a `summary.json` in the folder of each instance
 * @param zone the zone's name
 */
export function writeZoneSummary(folder: string, zone: string): void {
  if (!existsSync(folder)) return;
  const summaries = readdirSync(folder)
    .map((instance) => join(folder, instance, "summary.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as PlanSummary);
  const summary = combine(zone, summaries);
  replaceFile(join(folder, "summary.md"), `${toMarkdown(summary, COMMENT_LIMIT - 1)}\n`);
  replaceFile(join(folder, "brief.txt"), `${toBrief(summary, BRIEF_LIMIT - 1)}\n`);
}
