import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plansFolder, reportsFolder, revisionOf } from "../artifacts";
import { plan } from "../plan/plan";
import { SUMMARY_FILES } from "../plan/zone-summary";
import { verify } from "../verify/verify";
import { COMMENT_LIMITS, commentOf } from "./comment";
import { destinationOf } from "./destination";
import { postToCodeCommit, postToGitHub } from "./post";

/**
 * Verifies a pull request, plans the zones with it, and comments what it would change. The comment is also written to
 * `dist/delivery/reports/comment.md`.
 *
 * @throws LandfallError where it is not verified or can't be planned; then there is no comment
 */
export async function pullRequest(
  root: string,
  zones: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const destination = destinationOf(process.env);
  await verify(root, zones, say);
  for (const zone of zones) await plan(root, zone, say, false);
  const summaries = zones.map((zone) => ({
    zone,
    summary: readFileSync(join(plansFolder(root, zone), SUMMARY_FILES.markdown), "utf8"),
  }));
  const limit = destination.kind === "codecommit" ? COMMENT_LIMITS.codeCommit : COMMENT_LIMITS.github;
  const comment = commentOf(summaries, revisionOf(root), limit);
  mkdirSync(reportsFolder(root), { recursive: true });
  writeFileSync(join(reportsFolder(root), "comment.md"), `${comment}\n`);
  if (destination.kind === "github") await postToGitHub(destination, comment);
  if (destination.kind === "codecommit") await postToCodeCommit(destination, comment);
  say(
    destination.kind === "file"
      ? "No pull request is named here: the comment is in dist/delivery/reports/comment.md alone"
      : `Commented on pull request ${destination.number} of ${destination.repository}`,
  );
}
