import { existsSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";

/** What `verify` writes, and the artifact `verified` holds. */
export const verifiedFolder = (root: string): string => join(root, "dist", "delivery", "verified");

/** What `plan` writes for a zone, and the artifact `plan_<zone>` holds. */
export const plansFolder = (root: string, zone: string): string => join(root, "dist", "plans", zone);

/**
 * The hash of a zone's manifest.json, which `plan` writes beside its artifact: it is what the pipeline keeps in a variable
 * and tells the deploy.
 */
export const digestFile = (root: string, zone: string): string =>
  join(root, "dist", "delivery", `plan-${zone}.sha256`);

/** What the stages tell of themselves beside their artifacts. */
export const reportsFolder = (root: string): string => join(root, "dist", "delivery", "reports");

/**
 * Where an input artifact lies: CodeBuild unpacks each secondary one to a folder of its own and names it in
 * `CODEBUILD_SRC_DIR_<artifact>`; anything else puts it where it was written.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 */
export const inputFolder = (
  artifact: string,
  written: string,
  env: NodeJS.ProcessEnv = process.env,
): string => env[`CODEBUILD_SRC_DIR_${artifact}`] ?? written;

/** The artifact of a zone's plans. CodePipeline allows letters, digits, `_` and `-`. */
export const planArtifact = (zone: string): string => `plan_${zone}`;

/** The commit that this source is of; `undefined` where nobody says. */
export function revisionOf(root: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const told = env.CODEBUILD_RESOLVED_SOURCE_VERSION ?? env.GITHUB_SHA;
  if (told !== undefined && /^[0-9a-f]{40}$/.test(told)) return told;
  if (!existsSync(join(root, ".git"))) return undefined;
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
