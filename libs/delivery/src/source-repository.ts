import { type CodebuildProjectSource } from "@cdktf/provider-aws/lib/codebuild-project";
import { type Statement } from "@landfall/identity";
import { type ZoneStack } from "@landfall/stack";

/** The repository that is delivered: on GitHub by a CodeConnections connection, or in CodeCommit. */
export interface SourceRepository {
  /** The ARN of the connection. @default none: it is a CodeCommit repository of this account */
  readonly connectionArn?: string | undefined;
  /** `owner/name`, or the name of a CodeCommit repository. */
  readonly repository: string;
  readonly branch: string;
}

/** The ARN of a CodeCommit repository of the stack's account and region. */
export const repositoryArn = (stack: ZoneStack, { repository }: SourceRepository): string =>
  stack.arn("codecommit", repository);

/** The connection under both names that AWS knows it by: its ARN may have the older one. */
const connectionActions = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [`codeconnections:${name}`, `codestar-connections:${name}`]);

/** Where a project that builds by itself gets its source from. It asks for the last commit alone. */
export const repositoryOf = (stack: ZoneStack, source: SourceRepository): CodebuildProjectSource =>
  source.connectionArn === undefined
    ? {
        type: "CODECOMMIT",
        location: `https://git-codecommit.${stack.region}.amazonaws.com/v1/repos/${source.repository}`,
        gitCloneDepth: 1,
      }
    : {
        type: "GITHUB",
        location: `https://github.com/${source.repository}.git`,
        gitCloneDepth: 1,
        auth: { type: "CODECONNECTIONS", resource: source.connectionArn },
      };

/**
 * What a project needs that gets its source itself.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/connections-github-app.html
 */
export const sourceStatements = (stack: ZoneStack, source: SourceRepository): Statement[] => [
  source.connectionArn === undefined
    ? {
        Sid: "PullSource",
        Effect: "Allow",
        Action: "codecommit:GitPull",
        Resource: repositoryArn(stack, source),
      }
    : {
        Sid: "PullSource",
        Effect: "Allow",
        Action: connectionActions("GetConnection", "GetConnectionToken", "UseConnection"),
        Resource: source.connectionArn,
      },
];

/**
 * What the pipeline itself needs to fetch the source.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export const fetchStatements = (stack: ZoneStack, source: SourceRepository): Statement[] => [
  source.connectionArn === undefined
    ? {
        Sid: "FetchSource",
        Effect: "Allow",
        Action: [
          "codecommit:CancelUploadArchive",
          "codecommit:GetBranch",
          "codecommit:GetCommit",
          "codecommit:GetRepository",
          "codecommit:GetUploadArchiveStatus",
          "codecommit:UploadArchive",
        ],
        Resource: repositoryArn(stack, source),
      }
    : {
        Sid: "FetchSource",
        Effect: "Allow",
        Action: connectionActions("UseConnection"),
        Resource: source.connectionArn,
      },
];
