import { CodeCommitClient, PostCommentForPullRequestCommand } from "@aws-sdk/client-codecommit";
import { LandfallError } from "@landfall/core";
import { MARKER } from "./comment";
import { type Destination } from "./destination";

type GitHub = Extract<Destination, { readonly kind: "github" }>;
type CodeCommit = Extract<Destination, { readonly kind: "codecommit" }>;

/**
 * Puts the comment on the pull request: on GitHub in place of our earlier one.
 *
 * @throws LandfallError where GitHub refuses it
 * @see https://docs.github.com/en/rest/issues/comments
 */
export async function postToGitHub({ repository, number, token, api }: GitHub, body: string): Promise<void> {
  const call = async (method: string, path: string, content?: unknown): Promise<unknown> => {
    const response = await fetch(`${api}/repos/${repository}/issues/${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
    if (!response.ok) {
      throw new LandfallError(
        `GitHub refuses the comment on pull request ${number} of ${repository}: ${response.status} ${response.statusText}; its token needs to write pull requests`,
      );
    }
    return response.json();
  };
  const comments = (await call("GET", `${number}/comments?per_page=100`)) as { id: number; body?: string }[];
  const earlier = comments.find((comment) => comment.body?.startsWith(MARKER) === true);
  if (earlier === undefined) await call("POST", `${number}/comments`, { body });
  else await call("PATCH", `comments/${earlier.id}`, { body });
}

/** @see https://docs.aws.amazon.com/codecommit/latest/APIReference/API_PostCommentForPullRequest.html */
export async function postToCodeCommit(
  { repository, number, before, after }: CodeCommit,
  content: string,
): Promise<void> {
  const client = new CodeCommitClient({});
  await client.send(
    new PostCommentForPullRequestCommand({
      pullRequestId: number,
      repositoryName: repository,
      beforeCommitId: before,
      afterCommitId: after,
      content,
    }),
  );
  client.destroy();
}
