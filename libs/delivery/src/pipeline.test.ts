import { statementsOf, synthStack, type SynthesizedStack } from "@landfall/testing";
import { Key } from "@landfall/keys";
import { Topic } from "@landfall/messaging";
import { type ZoneStack } from "@landfall/stack";
import { ArtifactBucket } from "./artifact-bucket";
import { type IBuildProject } from "./build-project";
import { Pipeline, type PipelineProps } from "./pipeline";

const BOUNDARY = "arn:aws:iam::123456789012:policy/test-pipeline-boundary";
const CONNECTION = "arn:aws:codeconnections:eu-west-1:123456789012:connection/0-0";
const key = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/artifacts");

const project = (name: string): IBuildProject => ({
  projectName: name,
  projectArn: `arn:aws:codebuild:eu-west-1:123456789012:project/${name}`,
});
const zone = (name: string) => ({
  zone: name,
  plan: project(`plan-${name}`),
  deploy: project(`deploy-${name}`),
  watch: project(`watch-${name}`),
});

interface Action {
  readonly name: string;
  readonly configuration: Record<string, string>;
  readonly input_artifacts?: readonly string[];
  readonly output_artifacts?: readonly string[];
  readonly namespace?: string;
  readonly run_order?: number;
}

const synth = (change: Partial<PipelineProps> = {}): SynthesizedStack =>
  synthStack((stack: ZoneStack) => {
    stack.permissionsBoundary(BOUNDARY);
    new Pipeline(stack, "Pipeline", {
      source: { connectionArn: CONNECTION, repository: "example/landing-zone", branch: "main" },
      artifacts: new ArtifactBucket(stack, "Artifacts", { encryptionKey: key, accessLogBucketName: "logs" }),
      verify: project("verify"),
      zones: [zone("sandbox"), zone("production")],
      approvals: new Topic(stack, "Approvals", { name: "approvals", encryptionKey: key }),
      ...change,
    });
  });

const stagesOf = (stack: SynthesizedStack) =>
  stack.resource("aws_codepipeline").stage as readonly {
    readonly name: string;
    readonly action: readonly Action[];
    readonly on_failure?: unknown;
  }[];
const action = (stack: SynthesizedStack, stage: string, name: string): Action => {
  const found = stagesOf(stack)
    .find((each) => each.name === stage)
    ?.action.find((each) => each.name === name);
  if (!found) throw new Error(`no action ${stage}/${name}`);
  return found;
};

describe("Pipeline", () => {
  const stack = synth();

  it("delivers the zones in their order, after the source was verified", () => {
    expect(stagesOf(stack).map(({ name }) => name)).toEqual(["Source", "Verify", "sandbox", "production"]);
  });

  it("drops what a newer revision supersedes, and keeps its artifacts with the customer key", () => {
    expect(stack.resource("aws_codepipeline")).toMatchObject({
      pipeline_type: "V2",
      execution_mode: "SUPERSEDED",
      artifact_store: [{ type: "S3", encryption_key: { type: "KMS", id: key.keyArn } }],
    });
  });

  it("plans, asks, deploys and watches one after the other", () => {
    const [, , sandbox] = stagesOf(stack);
    expect(sandbox?.action.map(({ name, run_order }) => [name, run_order])).toEqual([
      ["Plan", 1],
      ["Approve", 2],
      ["Deploy", 3],
      ["Watch", 4],
    ]);
  });

  it("shows the plan's summary to whoever approves it", () => {
    expect(action(stack, "sandbox", "Plan")).toMatchObject({ namespace: "plan_sandbox" });
    expect(action(stack, "sandbox", "Approve").configuration).toMatchObject({
      CustomData: "#{plan_sandbox.SUMMARY}",
    });
  });

  it("deploys the plan of the same zone, from what was verified", () => {
    expect(action(stack, "production", "Deploy")).toMatchObject({
      input_artifacts: ["source", "verified", "plan_production"],
      configuration: { ProjectName: "deploy-production", PrimarySource: "source" },
    });
    expect(action(stack, "production", "Plan").output_artifacts).toEqual(["plan_production"]);
  });

  it("starts by a push to the branch, but not for documents alone", () => {
    expect(stack.resource("aws_codepipeline").trigger).toEqual([
      {
        provider_type: "CodeStarSourceConnection",
        git_configuration: {
          source_action_name: "Source",
          push: [{ branches: { includes: ["main"] }, file_paths: { excludes: ["docs/**", "**/*.md"] } }],
        },
      },
    ]);
    const [{ trigger }] = [synth({ ignoredPaths: [] }).resource("aws_codepipeline")] as [
      { trigger: unknown },
    ];
    expect(JSON.stringify(trigger)).not.toContain("file_paths");
  });

  it("goes back to the revision before where a zone fails, unless it is told to stop", () => {
    expect(stagesOf(stack).map(({ on_failure }) => on_failure)).toEqual([
      undefined,
      undefined,
      { result: "ROLLBACK" },
      { result: "ROLLBACK" },
    ]);
    expect(stagesOf(synth({ onFailure: "stop" })).filter((stage) => stage.on_failure)).toEqual([]);
  });

  it("hands signed code on where there is a build that signs", () => {
    const signing = synth({ sign: project("sign") });
    expect(stagesOf(signing).map(({ name }) => name)).toContain("Sign");
    expect(action(signing, "sandbox", "Deploy").input_artifacts).toEqual([
      "source",
      "verified",
      "signed",
      "plan_sandbox",
    ]);
  });

  it("starts its own builds and no others, and takes no role", () => {
    const policy = statementsOf(stack.resource("aws_iam_role_policy").policy);
    expect(policy.Build?.Resource).toHaveLength(7);
    expect(Object.values(policy).flatMap(({ Action }) => Action)).not.toContain("sts:AssumeRole");
    expect(policy.FetchSource?.Resource).toBe(CONNECTION);
  });

  it("is run for this pipeline alone", () => {
    const trust = statementsOf(stack.resource("aws_iam_role").assume_role_policy);
    expect(trust.Service).toMatchObject({
      Principal: { Service: "codepipeline.amazonaws.com" },
      Condition: {
        ArnEquals: { "aws:SourceArn": ["arn:aws:codepipeline:eu-west-1:123456789012:test-sample"] },
      },
    });
  });

  it("takes a CodeCommit repository, which starts it by an event", () => {
    const codecommit = synth({ source: { repository: "landing-zone", branch: "main" } });
    expect(codecommit.resource("aws_codepipeline").trigger).toBeUndefined();
    expect(action(codecommit, "Source", "Source").configuration).toMatchObject({
      RepositoryName: "landing-zone",
      PollForSourceChanges: "false",
    });
  });

  it.each<[string, Partial<PipelineProps>, RegExp]>([
    ["no zone", { zones: [] }, /'zones' must be at least one zone, and each once, got: \[\]/],
    ["a zone twice", { zones: [zone("sandbox"), zone("sandbox")] }, /'zones' must be at least one zone/],
    ["too many globs", { ignoredPaths: Array(9).fill("x") as string[] }, /'ignoredPaths' must be at most 8/],
  ])("refuses %s", (_, change, message) => {
    expect(() => synth(change)).toThrow(message);
  });
});
