import { LandfallError } from "@landfall/core";

/** Where a comment goes to. */
export type Destination =
  | {
      readonly kind: "github";
      readonly repository: string;
      readonly number: number;
      readonly token: string;
      readonly api: string;
    }
  | {
      readonly kind: "codecommit";
      readonly repository: string;
      readonly number: string;
      /** The two commits that are compared. */
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: "file" };

const GITHUB_API = "https://api.github.com";

/**
 * Finds out from the environment which pull request this is: of GitHub in GitHub Actions, or in CodeBuild by its webhook, with
 * a token in GITHUB_TOKEN; of CodeCommit by the variables that the pipeline's rule for its events sets. Anywhere else, the
 * comment is only written to a file.
 *
 * @throws LandfallError where a pull request of CodeCommit is named in part
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 */
export function destinationOf(env: NodeJS.ProcessEnv): Destination {
  if (env.LANDFALL_PULL_REQUEST !== undefined) return codeCommit(env.LANDFALL_PULL_REQUEST, env);
  const { GITHUB_TOKEN: token } = env;
  const found = github(env);
  if (found === undefined || token === undefined || token === "") return { kind: "file" };
  return { kind: "github", ...found, token, api: env.GITHUB_API_URL ?? GITHUB_API };
}

function codeCommit(number: string, env: NodeJS.ProcessEnv): Destination {
  const { LANDFALL_BASE_COMMIT: before, CODEBUILD_RESOLVED_SOURCE_VERSION: after } = env;
  const repository = /\/v1\/repos\/([\w.-]+)$/.exec(env.CODEBUILD_SOURCE_REPO_URL ?? "")?.[1];
  if (repository !== undefined && before !== undefined && after !== undefined) {
    return { kind: "codecommit", repository, number, before, after };
  }
  const missing = [
    ...(before === undefined ? ["LANDFALL_BASE_COMMIT"] : []),
    ...(after === undefined ? ["CODEBUILD_RESOLVED_SOURCE_VERSION"] : []),
    ...(repository === undefined ? ["CODEBUILD_SOURCE_REPO_URL"] : []),
  ];
  throw new LandfallError(`With LANDFALL_PULL_REQUEST, these must be set too: ${missing.join(", ")}`);
}

function github(
  env: NodeJS.ProcessEnv,
): { readonly repository: string; readonly number: number } | undefined {
  const number =
    /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? "")?.[1] ??
    /^pr\/(\d+)$/.exec(env.CODEBUILD_WEBHOOK_TRIGGER ?? "")?.[1];
  const repository =
    env.GITHUB_REPOSITORY ??
    /github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(env.CODEBUILD_SOURCE_REPO_URL ?? "")?.[1];
  return number === undefined || repository === undefined
    ? undefined
    : { repository, number: Number(number) };
}
