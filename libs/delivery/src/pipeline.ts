import {
  Codepipeline,
  type CodepipelineStage,
  type CodepipelineTrigger,
} from "@cdktf/provider-aws/lib/codepipeline";
import { type Statement } from "@landfall/identity";
import { type ITopic } from "@landfall/messaging";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type IArtifactBucket } from "./artifact-bucket";
import { type IBuildProject } from "./build-project";
import { PipelineRole } from "./pipeline-role";
import { type DeliveryStage, signStage, sourceStage, verifyStage, zoneStage } from "./pipeline-stages";
import { fetchStatements, type SourceRepository } from "./source-repository";

export interface PipelineProps {
  readonly source: SourceRepository;
  readonly artifacts: IArtifactBucket;
  /** Checks and synthesizes what is then planned. */
  readonly verify: IBuildProject;
  /** Signs the functions' code. @default nothing is signed */
  readonly sign?: IBuildProject;
  /** The zones, in the order in which they are delivered: each once the one before it was watched. */
  readonly zones: readonly DeliveryStage[];
  /** Asks for approval. Its publishers are principals of the account. */
  readonly approvals: ITopic;
  /** Globs of changed files that start nothing, up to eight; only by a connection. @default documents */
  readonly ignoredPaths?: readonly string[];
  /** What happens to a zone whose stage fails: its last revision is planned again and approved, or nothing. @default "rollback" */
  readonly onFailure?: "rollback" | "stop";
}

const IGNORED_PATHS = ["docs/**", "**/*.md"];

/** The most globs that a trigger takes. */
const MOST_PATHS = 8;

/**
 * The pipeline of a repository: source → verify → and for each zone plan, approve, deploy exactly that plan, and watch.
 *
 * A zone is one stage, so that nothing comes between its plan and its deploy: the stage is locked while it waits for
 * approval, and of the revisions that wait before it only the newest goes on. To go back is to plan and approve the last
 * revision again, since a saved plan of old would not fit the state.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html,
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 */
export class Pipeline extends Construct {
  readonly pipelineName: string;
  readonly pipelineArn: string;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { source, artifacts, zones, onFailure = "rollback", ignoredPaths = IGNORED_PATHS } = props;
    validateProps(this, [
      {
        prop: "zones",
        value: zones.map(({ zone }) => zone),
        valid: zones.length > 0 && new Set(zones.map(({ zone }) => zone)).size === zones.length,
        allowed: "at least one zone, and each once",
      },
      {
        prop: "ignoredPaths",
        value: ignoredPaths,
        valid: ignoredPaths.length <= MOST_PATHS,
        allowed: `at most ${MOST_PATHS} globs`,
      },
    ]);
    const name = stack.resourceName("pipeline");
    // Spelt out: the role is for the pipeline, which is made with the role.
    this.pipelineArn = stack.arn("codepipeline", name);
    const builds = [props.verify, ...(props.sign ? [props.sign] : []), ...zones.flatMap(buildsOf)];
    const role = new PipelineRole(this, "Role", {
      role: "run",
      description: `Runs the pipeline ${name}`,
      service: "codepipeline.amazonaws.com",
      sourceArns: [this.pipelineArn],
      statements: [
        ...fetchStatements(stack, source),
        ...passOnStatements(artifacts),
        {
          Sid: "Build",
          Effect: "Allow",
          Action: ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
          Resource: builds.map(({ projectArn }) => projectArn),
        },
        {
          Sid: "AskForApproval",
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: props.approvals.topicArn,
        },
        {
          Sid: "UseKeys",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: [artifacts.encryptionKey.keyArn, props.approvals.encryptionKey.keyArn],
        },
      ],
    });
    const stages: readonly CodepipelineStage[] = [
      sourceStage(source),
      verifyStage(props.verify),
      ...(props.sign ? [signStage(props.sign)] : []),
      ...zones.map((zone) => ({
        ...zoneStage(zone, props.approvals, props.sign !== undefined),
        ...(onFailure === "rollback" ? { onFailure: { result: "ROLLBACK" } } : {}),
      })),
    ];
    const pipeline = new Codepipeline(this, "Resource", {
      name,
      pipelineType: "V2",
      executionMode: "SUPERSEDED",
      roleArn: role.roleArn,
      artifactStore: [
        {
          type: "S3",
          location: artifacts.bucketName,
          encryptionKey: { type: "KMS", id: artifacts.encryptionKey.keyArn },
        },
      ],
      stage: [...stages],
      ...(source.connectionArn === undefined ? {} : { trigger: [pushTrigger(source, ignoredPaths)] }),
      dependsOn: [role.policy],
    });
    this.pipelineName = pipeline.name;
  }
}

const buildsOf = ({ plan, deploy, watch }: DeliveryStage): readonly IBuildProject[] => [plan, deploy, watch];

const pushTrigger = (source: SourceRepository, ignoredPaths: readonly string[]): CodepipelineTrigger => ({
  providerType: "CodeStarSourceConnection",
  gitConfiguration: {
    sourceActionName: "Source",
    push: [
      {
        branches: { includes: [source.branch] },
        ...(ignoredPaths.length > 0 ? { filePaths: { excludes: [...ignoredPaths] } } : {}),
      },
    ],
  },
});

/** The pipeline fetches sources and hands artifacts from build to build. */
const passOnStatements = ({ bucketArn }: IArtifactBucket): Statement[] => [
  {
    Sid: "LookAtArtifacts",
    Effect: "Allow",
    Action: ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
    Resource: bucketArn,
  },
  {
    Sid: "PassArtifactsOn",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
    Resource: `${bucketArn}/*`,
  },
];
