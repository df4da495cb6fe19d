import { type DeliveryTarget, deliveryTargets } from "@landfall/core";
import { type Construct } from "constructs";
import { Boundary } from "./boundary";
import { keyPatterns } from "./guardrails/within";
import { type Statement } from "./policy-document";
import { targetKeyPatterns, targetStateBucket } from "./state-access";
import { type Ground } from "./zone-roles";

/** What builds and their pipeline do with artifacts, logs, sources and each other. */
const WORK_ACTIONS = [
  "codebuild:BatchGetBuildBatches",
  "codebuild:BatchGetBuilds",
  "codebuild:StartBuild",
  "codebuild:StartBuildBatch",
  "codebuild:StopBuild",
  "codecommit:CancelUploadArchive",
  "codecommit:Get*",
  "codecommit:GitPull",
  "codecommit:PostCommentForPullRequest",
  "codecommit:UploadArchive",
  "codeconnections:GetConnection*",
  "codeconnections:UseConnection",
  "codepipeline:StartPipelineExecution",
  "codestar-connections:GetConnection*",
  "codestar-connections:UseConnection",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "s3:GetBucket*",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "s3:ListBucket",
  "s3:PutObject",
  "signer:DescribeSigningJob",
  "signer:StartSigningJob",
  "sns:Publish",
];

/**
 * What CodeBuild needs to attach a build to a network.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html
 */
export const BUILD_NETWORK_ACTIONS = [
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeDhcpOptions",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
];

const deployers = ({ zone, accounts }: DeliveryTarget): readonly string[] =>
  accounts.flatMap((id) => ["plan", "deploy"].map((role) => `arn:aws:iam::${id}:role/${zone}-${role}`));

/** The statements of {@link PipelineBoundary}. */
export const pipelineBoundaryStatements = (ground: Ground): readonly Statement[] => {
  const targets = deliveryTargets(ground.zone);
  const here = { StringEquals: { "aws:ResourceAccount": ground.account.id } };
  return [
    { Sid: "WorkInThisAccount", Effect: "Allow", Action: WORK_ACTIONS, Resource: "*", Condition: here },
    { Sid: "TakeDeployers", Effect: "Allow", Action: "sts:AssumeRole", Resource: targets.flatMap(deployers) },
    {
      Sid: "UseStates",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
      Resource: targets.flatMap((target) => {
        const bucket = `arn:aws:s3:::${targetStateBucket(target)}`;
        return [bucket, `${bucket}/*`];
      }),
    },
    {
      Sid: "UseKeys",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*"],
      Resource: [...new Set([...keyPatterns(ground), ...targets.flatMap(targetKeyPatterns)])],
    },
    { Sid: "AttachToNetwork", Effect: "Allow", Action: BUILD_NETWORK_ACTIONS, Resource: "*" },
    {
      Sid: "LendInterfacesToCodeBuild",
      Effect: "Allow",
      Action: "ec2:CreateNetworkInterfacePermission",
      Resource: `arn:aws:ec2:*:${ground.account.id}:network-interface/*`,
      Condition: { StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" } },
    },
  ];
};

/**
 * The most that a role of the pipeline can do: use artifacts, logs and states, start builds, and take the roles that plan
 * and deploy the zones that it delivers. It changes nothing itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class PipelineBoundary extends Boundary {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      name: "pipeline",
      description: ({ name }) => `The most that a role of the pipeline of the zone ${name} can do`,
      statements: pipelineBoundaryStatements,
    });
  }
}
