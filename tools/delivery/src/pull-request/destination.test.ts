import { destinationOf } from "./destination";

describe("destinationOf", () => {
  it.each([
    ["nothing that names a pull request", {}],
    ["no token", { GITHUB_REPOSITORY: "example/landing-zone", GITHUB_REF: "refs/pull/7/merge" }],
    [
      "a push",
      { GITHUB_REPOSITORY: "example/landing-zone", GITHUB_REF: "refs/heads/main", GITHUB_TOKEN: "t" },
    ],
  ])("is a file with %s", (_, env) => {
    expect(destinationOf(env)).toEqual({ kind: "file" });
  });

  it.each([
    [
      "GitHub Actions",
      { GITHUB_REPOSITORY: "example/landing-zone", GITHUB_REF: "refs/pull/7/merge", GITHUB_TOKEN: "t" },
    ],
    [
      "a webhook of CodeBuild",
      {
        CODEBUILD_WEBHOOK_TRIGGER: "pr/7",
        CODEBUILD_SOURCE_REPO_URL: "https://github.com/example/landing-zone.git",
        GITHUB_TOKEN: "t",
      },
    ],
  ])("is the pull request that %s names", (_, env) => {
    expect(destinationOf(env)).toEqual({
      kind: "github",
      repository: "example/landing-zone",
      number: 7,
      token: "t",
      api: "https://api.github.com",
    });
  });

  it("is the pull request of CodeCommit that an event names, all of it", () => {
    const env = {
      LANDFALL_PULL_REQUEST: "7",
      LANDFALL_BASE_COMMIT: "a",
      CODEBUILD_RESOLVED_SOURCE_VERSION: "b",
      CODEBUILD_SOURCE_REPO_URL: "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/landing-zone",
    };
    expect(destinationOf(env)).toEqual({
      kind: "codecommit",
      repository: "landing-zone",
      number: "7",
      before: "a",
      after: "b",
    });
    expect(() =>
      destinationOf({ LANDFALL_PULL_REQUEST: "7", CODEBUILD_SOURCE_REPO_URL: "https://x" }),
    ).toThrow(
      "these must be set too: LANDFALL_BASE_COMMIT, CODEBUILD_RESOLVED_SOURCE_VERSION, CODEBUILD_SOURCE_REPO_URL",
    );
  });
});
