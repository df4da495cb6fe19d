import { CodebuildWebhook } from "@cdktf/provider-aws/lib/codebuild-webhook";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { BuildProject, type BuildProjectProps, type IBuildProject } from "./build-project";
import { BuildTrigger } from "./build-trigger";
import { type CacheBucket } from "./cache-bucket";
import { repositoryArn, type SourceRepository } from "./source-repository";

export interface PullRequestProjectProps extends Omit<
  BuildProjectProps,
  "role" | "target" | "description" | "remoteCache" | "source"
> {
  readonly source: SourceRepository;
  /**
   * Ids of the GitHub accounts whose pull requests are built: the build runs what they propose, with a role that reads the
   * zones. A pull request from a fork counts as its author's. Not for CodeCommit, where IAM says who proposes.
   *
   * @default none: nothing is built
   */
  readonly actors?: readonly string[];
  /** Nx's remote cache: it is only read. @default none */
  readonly cache?: CacheBucket;
}

/**
 * Verifies and plans what is proposed, before it is merged, and comments what it would change. It takes roles that plan, and
 * never one that deploys; it writes no artifact, and no cache that others read.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/github-webhook.html,
 * https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html
 */
export class PullRequestProject extends Construct {
  readonly project: IBuildProject;

  constructor(scope: Construct, id: string, { actors = [], cache, ...props }: PullRequestProjectProps) {
    super(scope, id);
    const { source } = props;
    const byConnection = source.connectionArn !== undefined;
    const project = new BuildProject(this, "Resource", {
      ...props,
      role: "pull-request",
      description: "Verifies and plans what a pull request proposes",
      statements: [
        ...(props.statements ?? []),
        ...(byConnection
          ? []
          : [
              {
                Sid: "Comment",
                Effect: "Allow",
                Action: "codecommit:PostCommentForPullRequest",
                Resource: repositoryArn(ZoneStack.of(this), source),
              } as const,
            ]),
      ],
      ...(cache ? { remoteCache: { bucket: cache, readOnly: true } } : {}),
    });
    this.project = project;
    if (!byConnection) this.onCodeCommit(project, source);
    else if (actors.length > 0) this.onGitHub(project, source, actors);
  }

  private onGitHub(project: IBuildProject, { branch }: SourceRepository, actors: readonly string[]): void {
    new CodebuildWebhook(this, "Webhook", {
      projectName: project.projectName,
      buildType: "BUILD",
      filterGroup: [
        {
          filter: [
            { type: "EVENT", pattern: "PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED,PULL_REQUEST_REOPENED" },
            { type: "BASE_REF", pattern: `^refs/heads/${branch.replaceAll(".", "\\.")}$` },
            { type: "ACTOR_ACCOUNT_ID", pattern: `^(${actors.join("|")})$` },
          ],
        },
      ],
    });
  }

  private onCodeCommit(project: IBuildProject, source: SourceRepository): void {
    new BuildTrigger(this, "Trigger", {
      name: "pull-request",
      description: "Builds what a pull request proposes",
      on: {
        pattern: {
          source: ["aws.codecommit"],
          "detail-type": ["CodeCommit Pull Request State Change"],
          resources: [repositoryArn(ZoneStack.of(this), source)],
          detail: {
            event: ["pullRequestCreated", "pullRequestSourceBranchUpdated"],
            destinationReference: [`refs/heads/${source.branch}`],
          },
        },
      },
      targetArn: project.projectArn,
      action: "codebuild:StartBuild",
      input: {
        inputPaths: {
          commit: "$.detail.sourceCommit",
          base: "$.detail.destinationCommit",
          id: "$.detail.pullRequestId",
        },
        inputTemplate: JSON.stringify({
          sourceVersion: "<commit>",
          environmentVariablesOverride: [
            { name: "LANDFALL_PULL_REQUEST", type: "PLAINTEXT", value: "<id>" },
            { name: "LANDFALL_BASE_COMMIT", type: "PLAINTEXT", value: "<base>" },
          ],
        }),
      },
    });
  }
}
