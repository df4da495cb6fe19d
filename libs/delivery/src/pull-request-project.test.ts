import { Key } from "@landfall/keys";
import { type ZoneStack } from "@landfall/stack";
import { statementsOf, synthStack, type SynthesizedStack } from "@landfall/testing";
import { CacheBucket } from "./cache-bucket";
import { PullRequestProject, type PullRequestProjectProps } from "./pull-request-project";
import { planningStatements } from "./stage-statements";

const key = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/artifacts");
const source = {
  connectionArn: "arn:aws:codeconnections:eu-west-1:123456789012:connection/0-0",
  repository: "example/landing-zone",
  branch: "release.1",
};

const synth = (change: Partial<PullRequestProjectProps> = {}): SynthesizedStack =>
  synthStack((stack: ZoneStack) => {
    stack.permissionsBoundary("arn:aws:iam::123456789012:policy/test-pipeline-boundary");
    const cache = new CacheBucket(stack, "Cache", {
      encryptionKey: key,
      accessLogBucketName: "test-access-logs",
      writerRoleArns: ["arn:aws:iam::123456789012:role/test-pipeline-verify"],
    });
    new PullRequestProject(stack, "PullRequests", {
      source,
      buildSpec: "{}",
      artifactsKey: key,
      logsKey: key,
      cache,
      statements: planningStatements([{ zone: "test", accounts: ["123456789012"], regions: ["eu-west-1"] }]),
      ...change,
    });
  });
const policyOf = (stack: SynthesizedStack) =>
  stack.resources("aws_iam_role_policy").map(({ policy }) => statementsOf(policy));

describe("PullRequestProject", () => {
  it("builds nobody's proposals from GitHub unless it is told whose", () => {
    expect(synth().resources("aws_codebuild_webhook")).toEqual([]);
  });

  it("builds the proposals of the named accounts alone, for the branch alone", () => {
    const { filter_group } = synth({ actors: ["1", "22"] }).resource("aws_codebuild_webhook");
    expect(filter_group).toEqual([
      {
        filter: [
          { type: "EVENT", pattern: "PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED,PULL_REQUEST_REOPENED" },
          { type: "BASE_REF", pattern: "^refs/heads/release\\.1$" },
          { type: "ACTOR_ACCOUNT_ID", pattern: "^(1|22)$" },
        ],
      },
    ]);
  });

  it("takes roles that plan, writes no state, no artifact and no cache", () => {
    const [policy = {}] = policyOf(synth());
    expect(policy.TakePlan?.Resource).toEqual(["arn:aws:iam::123456789012:role/test-plan"]);
    expect(Object.keys(policy).sort()).toEqual([
      "DecryptCache",
      "KnowWhatIsNotCached",
      "ListStatesOfTest",
      "LockStatesOfTest",
      "PullSource",
      "ReadCache",
      "ReadStatesOfTest",
      "TakePlan",
      "UseStateKeyOfTest",
      "WriteOwnLogs",
    ]);
    expect(policy.LockStatesOfTest?.Resource).toBe("arn:aws:s3:::test-state-123456789012-eu-west-1/*.tflock");
  });

  it("builds every proposal in CodeCommit, tells which it is, and may comment it", () => {
    const stack = synth({ source: { repository: "landing-zone", branch: "main" } });
    expect(JSON.parse(String(stack.resource("aws_cloudwatch_event_rule").event_pattern))).toMatchObject({
      detail: { destinationReference: ["refs/heads/main"] },
    });
    const { input_transformer } = stack.resource("aws_cloudwatch_event_target");
    expect(JSON.stringify(input_transformer)).toContain("LANDFALL_PULL_REQUEST");
    expect(policyOf(stack).some((policy) => policy.Comment)).toBe(true);
  });
});
