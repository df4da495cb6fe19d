import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { BUILD_NETWORK_ACTIONS, type PipelineRole as RoleKind, type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { LogGroup } from "@landfall/logging";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type CacheBucket } from "./cache-bucket";
import { PipelineRole } from "./pipeline-role";
import { repositoryOf, type SourceRepository, sourceStatements } from "./source-repository";

/** A CodeBuild project. */
export interface IBuildProject {
  readonly projectName: string;
  readonly projectArn: string;
}

/** Where builds run: subnets with a way out, since they install packages. */
export interface BuildNetwork {
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

/** Where Nx keeps what was computed before; see `cached` of {@link buildSpec}. */
export interface RemoteCache {
  readonly bucket: CacheBucket;
  /** Whether the build only reads it: what a pull request computes must not be served to others. */
  readonly readOnly: boolean;
}

export interface BuildProjectProps {
  /** What it does; names the project, its role and its log group. */
  readonly role: RoleKind;
  /** The delivered zone that it works on. @default none: it works on no single one */
  readonly target?: string;
  readonly description: string;
  /** See {@link buildSpec}. */
  readonly buildSpec: string;
  /** The repository that it builds by itself. @default the pipeline's artifacts */
  readonly source?: SourceRepository;
  /** Encrypts what the build writes. */
  readonly artifactsKey: IKey;
  /** Encrypts the log group. */
  readonly logsKey: IKey;
  /** What the build may do besides writing its log. @default nothing */
  readonly statements?: readonly Statement[];
  /** @default outside of any VPC */
  readonly network?: BuildNetwork;
  /** @default none */
  readonly remoteCache?: RemoteCache;
  /** 5 to 480. @default 60 */
  readonly timeoutMinutes?: number;
  /** A container image with Node.js; Terraform is installed where it has none. @default Amazon's own, for arm64 */
  readonly image?: string;
  /** @default "BUILD_GENERAL1_MEDIUM": 8 GB, 4 cores */
  readonly computeType?: "BUILD_GENERAL1_SMALL" | "BUILD_GENERAL1_MEDIUM" | "BUILD_GENERAL1_LARGE";
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html */
const IMAGE = "aws/codebuild/amazonlinux-aarch64-standard:3.0";

/** Minutes that a build waits for its turn. */
const QUEUED_MINUTES = 60;

/**
 * A build: unprivileged, its log encrypted and kept for the zone's retention, what it writes encrypted with a customer key,
 * with a role that it shares with no other and that does what `statements` say. It has no secrets in its environment, and
 * no cache that another build could fill.
 *
 * @see CodeBuild.1, CodeBuild.2, CodeBuild.3, CodeBuild.4
 */
export class BuildProject extends Construct implements IBuildProject {
  readonly projectName: string;
  readonly projectArn: string;
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: BuildProjectProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { timeoutMinutes = 60, target, network } = props;
    validateProps(this, [
      wholeNumber("timeoutMinutes", timeoutMinutes, 5, 480),
      {
        prop: "network.subnetIds",
        value: network?.subnetIds.length,
        valid: network === undefined || network.subnetIds.length > 0,
        allowed: "at least one subnet with a way out",
      },
    ]);
    const name = stack.resourceName(
      "codeBuildProject",
      props.role,
      ...(target === undefined ? [] : [target]),
    );
    // Spelt out: the role is for the project, which is made with the role.
    this.projectArn = stack.arn("codebuild", `project/${name}`);
    const logs = new LogGroup(this, "Logs", {
      logGroupName: `/aws/codebuild/${name}`,
      encryptionKey: props.logsKey,
    });
    const role = new PipelineRole(this, "Role", {
      role: props.role,
      ...(target === undefined ? {} : { target }),
      description: props.description,
      service: "codebuild.amazonaws.com",
      sourceArns: [this.projectArn],
      statements: [
        {
          Sid: "WriteOwnLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${stack.arn("logs", `log-group:/aws/codebuild/${name}`)}:*`,
        },
        ...(props.source ? sourceStatements(stack, props.source) : []),
        ...(props.statements ?? []),
        ...(props.remoteCache ? useOf(props.remoteCache) : []),
        ...(network ? networkStatements(stack) : []),
      ],
    });
    this.roleArn = role.roleArn;
    const project = new CodebuildProject(this, "Resource", {
      name,
      description: props.description,
      serviceRole: role.roleArn,
      encryptionKey: props.artifactsKey.keyArn,
      buildTimeout: timeoutMinutes,
      queuedTimeout: QUEUED_MINUTES,
      ...(props.source
        ? { source: { ...repositoryOf(stack, props.source), buildspec: props.buildSpec } }
        : { source: { type: "CODEPIPELINE", buildspec: props.buildSpec } }),
      ...(props.source ? { sourceVersion: `refs/heads/${props.source.branch}` } : {}),
      artifacts: { type: props.source ? "NO_ARTIFACTS" : "CODEPIPELINE" },
      cache: { type: "NO_CACHE" },
      environment: {
        type: "ARM_CONTAINER",
        image: props.image ?? IMAGE,
        computeType: props.computeType ?? "BUILD_GENERAL1_MEDIUM",
        imagePullCredentialsType: props.image === undefined ? "CODEBUILD" : "SERVICE_ROLE",
        privilegedMode: false,
        ...(props.remoteCache
          ? {
              environmentVariable: [
                {
                  name: "LANDFALL_CACHE_BUCKET",
                  type: "PLAINTEXT",
                  value: props.remoteCache.bucket.bucketName,
                },
                {
                  name: "LANDFALL_CACHE_READ_ONLY",
                  type: "PLAINTEXT",
                  value: String(props.remoteCache.readOnly),
                },
              ],
            }
          : {}),
      },
      logsConfig: {
        cloudwatchLogs: { status: "ENABLED", groupName: logs.logGroupName },
        s3Logs: { status: "DISABLED" },
      },
      ...(network
        ? {
            vpcConfig: {
              vpcId: network.vpcId,
              subnets: network.subnetIds,
              securityGroupIds: network.securityGroupIds,
            },
          }
        : {}),
      // CodeBuild checks at creation that the role may use the network.
      dependsOn: [role.policy],
    });
    this.projectName = project.name;
  }
}

const useOf = ({ bucket, readOnly }: RemoteCache): readonly Statement[] =>
  readOnly ? bucket.grantRead() : bucket.grantReadWrite();

const networkStatements = (stack: ZoneStack): Statement[] => [
  { Sid: "AttachToNetwork", Effect: "Allow", Action: BUILD_NETWORK_ACTIONS, Resource: "*" },
  {
    Sid: "LendInterfacesToCodeBuild",
    Effect: "Allow",
    Action: "ec2:CreateNetworkInterfacePermission",
    Resource: stack.arn("ec2", "network-interface/*"),
    Condition: { StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" } },
  },
];
