import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { combine, type PlanSummary, toBrief, toMarkdown, type ZoneSummary } from "@landfall/nx-terraform";
import { type PlanManifest } from "../digest/plan-manifest";

/**
 * The most bytes of the pipeline's variable SUMMARY, which a manual approval shows.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ApprovalManual.html (CustomData)
 */
export const SUMMARY_LIMIT = 1_000;

/** For people: Markdown. For the pipeline's variables: plain text, and the manifest's hash. */
export const SUMMARY_FILES = { markdown: "summary.md", variable: "summary.txt" } as const;

/** The summaries of the plans that were saved in a zone's folder, one for each instance. */
export const savedSummaries = (plans: string): PlanSummary[] =>
  (existsSync(plans) ? readdirSync(plans) : [])
    .map((instance) => join(plans, instance, "summary.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as PlanSummary);

/** Writes what the approver reads: what is destroyed first, and what can be planned only after this deploy. */
export function writeSummary(plans: string, zone: string, { waiting }: PlanManifest["stacks"]): string {
  const summary = combine(zone, savedSummaries(plans));
  const later =
    waiting.length === 0
      ? undefined
      : `To be planned again once this is deployed: ${waiting.map(({ stack }) => stack).join(", ")}`;
  const detail = waiting.map(
    ({ stack, for: others }) => `- \`${stack}\` waits for values of ${others.join(", ")}`,
  );
  const markdown = [toMarkdown(summary), ...(later === undefined ? [] : ["", later, "", ...detail])].join(
    "\n",
  );
  writeFileSync(join(plans, SUMMARY_FILES.markdown), `${markdown.trimEnd()}\n`);
  const brief = approvalText(summary, later);
  writeFileSync(join(plans, SUMMARY_FILES.variable), `${brief}\n`);
  return brief;
}

/** At most {@link SUMMARY_LIMIT} bytes, of which what comes later takes a fifth at most. */
function approvalText(summary: ZoneSummary, later: string | undefined): string {
  const most = SUMMARY_LIMIT / 5;
  const tail = later === undefined ? "" : `\n${later.length > most ? `${later.slice(0, most)}…` : later}`;
  // Buildspecs cut by bytes, and an arrow or a dash has three of them.
  for (let limit = SUMMARY_LIMIT - tail.length; ; limit -= SUMMARY_LIMIT / 50) {
    const text = toBrief(summary, limit) + tail;
    if (Buffer.byteLength(text) <= SUMMARY_LIMIT) return text;
  }
}
