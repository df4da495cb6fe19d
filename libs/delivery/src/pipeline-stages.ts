import { type CodepipelineStage, type CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { type ITopic } from "@landfall/messaging";
import { type IBuildProject } from "./build-project";
import { type SourceRepository } from "./source-repository";

/** What is done with one zone. */
export interface DeliveryStage {
  /** The zone's name; the stage is called by it. */
  readonly zone: string;
  readonly plan: IBuildProject;
  readonly deploy: IBuildProject;
  readonly watch: IBuildProject;
}

/** What stages hand on. */
export const ARTIFACTS = {
  source: "source",
  verified: "verified",
  signed: "signed",
  plan: (zone: string): string => `plan_${zone}`,
} as const;

/** The variable with which a plan tells what it does, in the namespace that is named as its artifact. */
export const SUMMARY = "SUMMARY";

/** The variable with the hash of the plans: kept by CodePipeline, out of reach of who can write artifacts. */
export const DIGEST = "DIGEST";

export const sourceStage = ({ connectionArn, repository, branch }: SourceRepository): CodepipelineStage => ({
  name: "Source",
  action: [
    {
      name: "Source",
      category: "Source",
      owner: "AWS",
      version: "1",
      namespace: "source",
      outputArtifacts: [ARTIFACTS.source],
      ...(connectionArn === undefined
        ? {
            provider: "CodeCommit",
            configuration: {
              RepositoryName: repository,
              BranchName: branch,
              OutputArtifactFormat: "CODE_ZIP",
              // An event starts it.
              PollForSourceChanges: "false",
            },
          }
        : {
            provider: "CodeStarSourceConnection",
            configuration: {
              ConnectionArn: connectionArn,
              FullRepositoryId: repository,
              BranchName: branch,
              OutputArtifactFormat: "CODE_ZIP",
            },
          }),
    },
  ],
});

export const verifyStage = (project: IBuildProject): CodepipelineStage => ({
  name: "Verify",
  action: [build("Verify", project, [ARTIFACTS.source], { outputArtifacts: [ARTIFACTS.verified] })],
});

export const signStage = (project: IBuildProject): CodepipelineStage => ({
  name: "Sign",
  action: [
    build("Sign", project, [ARTIFACTS.source, ARTIFACTS.verified], { outputArtifacts: [ARTIFACTS.signed] }),
  ],
});

/**
 * Plan, approve, deploy and watch, one after the other.
 *
 * @param signed whether there is signed code
 */
export function zoneStage(
  { zone, plan, deploy, watch }: DeliveryStage,
  approvals: ITopic,
  signed: boolean,
): CodepipelineStage {
  const artifact = ARTIFACTS.plan(zone);
  const verified = [ARTIFACTS.source, ARTIFACTS.verified, ...(signed ? [ARTIFACTS.signed] : [])];
  return {
    name: zone,
    action: [
      build("Plan", plan, verified, { runOrder: 1, namespace: artifact, outputArtifacts: [artifact] }),
      {
        name: "Approve",
        category: "Approval",
        owner: "AWS",
        provider: "Manual",
        version: "1",
        runOrder: 2,
        configuration: {
          NotificationArn: approvals.topicArn,
          CustomData: `#{${artifact}.${SUMMARY}}`,
        },
      },
      build(
        "Deploy",
        deploy,
        [...verified, artifact],
        { runOrder: 3 },
        { LANDFALL_PLAN_DIGEST: `#{${artifact}.${DIGEST}}` },
      ),
      build("Watch", watch, [ARTIFACTS.source], { runOrder: 4 }),
    ],
  };
}

/** An action that runs a project; the first of its inputs is where its commands run. */
const build = (
  name: string,
  project: IBuildProject,
  inputArtifacts: string[],
  more: Pick<CodepipelineStageAction, "namespace" | "outputArtifacts" | "runOrder">,
  variables: Readonly<Record<string, string>> = {},
): CodepipelineStageAction => ({
  name,
  category: "Build",
  owner: "AWS",
  provider: "CodeBuild",
  version: "1",
  inputArtifacts,
  configuration: {
    ProjectName: project.projectName,
    ...(inputArtifacts.length > 1 ? { PrimarySource: ARTIFACTS.source } : {}),
    ...(Object.keys(variables).length > 0
      ? {
          EnvironmentVariables: JSON.stringify(
            Object.entries(variables).map(([name, value]) => ({ name, value, type: "PLAINTEXT" })),
          ),
        }
      : {}),
  },
  ...more,
});
