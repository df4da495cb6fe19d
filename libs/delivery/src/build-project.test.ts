import { Key } from "@landfall/keys";
import { type ZoneStack } from "@landfall/stack";
import { statementsOf, synthStack, type SynthesizedStack } from "@landfall/testing";
import { Token } from "cdktf";
import { BuildProject, type BuildProjectProps } from "./build-project";
import { buildSpec } from "./build-spec";
import { CacheBucket } from "./cache-bucket";

const artifactsKey = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/artifacts");
const logsKey = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/logs");
const CONNECTION = "arn:aws:codeconnections:eu-west-1:123456789012:connection/0-0";

/** @param readOnly whether a remote cache is only read; there is none where it is not said */
const synth = (change: Partial<BuildProjectProps> = {}, readOnly?: boolean): SynthesizedStack =>
  synthStack((stack: ZoneStack) => {
    stack.permissionsBoundary("arn:aws:iam::123456789012:policy/test-pipeline-boundary");
    const cache = () =>
      new CacheBucket(stack, "Cache", {
        encryptionKey: artifactsKey,
        accessLogBucketName: "test-access-logs",
        writerRoleArns: ["arn:aws:iam::123456789012:role/test-pipeline-verify"],
      });
    new BuildProject(stack, "Build", {
      role: "plan",
      target: "sandbox",
      description: "Plans the zone sandbox",
      buildSpec: buildSpec("plan --zone sandbox"),
      artifactsKey,
      logsKey,
      ...(readOnly === undefined ? {} : { remoteCache: { bucket: cache(), readOnly } }),
      ...change,
    });
  });
const policyOf = (stack: SynthesizedStack) => statementsOf(stack.resource("aws_iam_role_policy").policy);

describe("BuildProject", () => {
  const stack = synth();

  it("is unprivileged, writes with the customer key, caches nothing and holds no variables", () => {
    expect(stack.resource("aws_codebuild_project")).toMatchObject({
      name: "test-sample-plan-sandbox",
      encryption_key: artifactsKey.keyArn,
      cache: { type: "NO_CACHE" },
      environment: {
        privileged_mode: false,
        type: "ARM_CONTAINER",
        image_pull_credentials_type: "CODEBUILD",
      },
    });
    expect(stack.resource("aws_codebuild_project")).not.toHaveProperty("environment.environment_variable");
    expect(stack.resource("aws_codebuild_project")).not.toHaveProperty("vpc_config");
  });

  it("logs to an encrypted group that is kept for the zone's retention", () => {
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/codebuild/test-sample-plan-sandbox",
      kms_key_id: logsKey.keyArn,
      retention_in_days: 30,
    });
    expect(stack.resource("aws_codebuild_project").logs_config).toMatchObject({
      cloudwatch_logs: { status: "ENABLED" },
      s3_logs: { status: "DISABLED" },
    });
  });

  it("has a role of its own, on the pipeline's path, that is for this project alone", () => {
    const role = stack.resource("aws_iam_role");
    expect(role).toMatchObject({ name: "test-pipeline-plan-sandbox", path: "/landfall/pipeline/" });
    expect(statementsOf(role.assume_role_policy).Service?.Condition).toEqual({
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnEquals: {
        "aws:SourceArn": ["arn:aws:codebuild:eu-west-1:123456789012:project/test-sample-plan-sandbox"],
      },
    });
    expect(Object.keys(policyOf(stack))).toEqual(["WriteOwnLogs"]);
  });

  it("gets the source itself, by the connection, where it is in no pipeline", () => {
    const alone = synth({
      source: { connectionArn: CONNECTION, repository: "example/landing-zone", branch: "main" },
    });
    expect(alone.resource("aws_codebuild_project")).toMatchObject({
      source: { type: "GITHUB", auth: { type: "CODECONNECTIONS", resource: CONNECTION } },
      source_version: "refs/heads/main",
      artifacts: { type: "NO_ARTIFACTS" },
    });
    expect(policyOf(alone).PullSource?.Resource).toBe(CONNECTION);
  });

  it("gets the source from CodeCommit", () => {
    const alone = synth({ source: { repository: "landing-zone", branch: "main" } });
    expect(alone.resource("aws_codebuild_project").source).toMatchObject({
      type: "CODECOMMIT",
      location: "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/landing-zone",
    });
    expect(policyOf(alone).PullSource?.Action).toBe("codecommit:GitPull");
  });

  it("runs in a network where asked, with interfaces that only CodeBuild may use", () => {
    const inside = synth({
      network: { vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    });
    expect(inside.resource("aws_codebuild_project").vpc_config).toEqual({
      vpc_id: "vpc-1",
      subnets: ["subnet-1"],
      security_group_ids: ["sg-1"],
    });
    expect(policyOf(inside).LendInterfacesToCodeBuild?.Condition).toEqual({
      StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
    });
  });

  it("takes subnets that are known only once they are deployed", () => {
    const subnetIds = Token.asList("${data.aws_ssm_parameter.subnets.value}");
    const inside = synth({ network: { vpcId: "vpc-1", subnetIds, securityGroupIds: ["sg-1"] } });
    expect(inside.resource("aws_codebuild_project").vpc_config).toMatchObject({
      subnets: "${data.aws_ssm_parameter.subnets.value}",
    });
  });

  it.each([
    ["fills a remote cache where it may", false, ["DecryptCache", "EncryptCache", "FillCache"]],
    ["else reads it alone", true, ["DecryptCache"]],
  ])("%s, and its build is told", (_, readOnly, used) => {
    const cached = synth({}, readOnly);
    expect(Object.keys(policyOf(cached)).sort()).toEqual(
      [...used, "KnowWhatIsNotCached", "ReadCache", "WriteOwnLogs"].sort(),
    );
    expect(cached.resource("aws_codebuild_project")).toMatchObject({
      environment: {
        environment_variable: [
          {
            name: "LANDFALL_CACHE_BUCKET",
            value: expect.stringMatching(/aws_s3_bucket_policy\.Cache_.*\.bucket/),
          },
          { name: "LANDFALL_CACHE_READ_ONLY", value: String(readOnly) },
        ],
      },
    });
  });

  it.each<[string, Partial<BuildProjectProps>, RegExp]>([
    ["a timeout of nothing", { timeoutMinutes: 0 }, /'timeoutMinutes' must be a whole number from 5 to 480/],
    [
      "no subnet",
      { network: { vpcId: "vpc-1", subnetIds: [], securityGroupIds: ["sg-1"] } },
      /'network.subnetIds' must be at least one subnet with a way out, got: 0/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => synth(change)).toThrow(message);
  });
});

describe("buildSpec", () => {
  const parsed = (...given: Parameters<typeof buildSpec>) =>
    JSON.parse(buildSpec(...given)) as {
      readonly env: Readonly<Record<string, unknown>>;
      readonly phases: Readonly<Record<string, { readonly commands: readonly string[] }>>;
      readonly artifacts?: unknown;
    };

  it("installs by the lock file and runs one command of ours", () => {
    const { phases, artifacts } = parsed("verify", { folder: "dist/delivery/verified" });
    expect(phases.install?.commands.at(-1)).toBe("npm ci");
    expect(phases.build?.commands).toEqual(["node tools/run.mjs delivery verify"]);
    expect(artifacts).toEqual({ files: ["**/*"], "base-directory": "dist/delivery/verified" });
  });

  it("tells later actions what a file holds, as far as an approval shows it", () => {
    const { env, phases } = parsed("plan --zone sandbox", {
      folder: "dist/plans/sandbox",
      variables: { SUMMARY: "dist/plans/sandbox/summary.txt" },
    });
    expect(env["exported-variables"]).toEqual(["SUMMARY"]);
    expect(phases.build?.commands.at(-1)).toBe(
      'export SUMMARY="$(head -c 1000 dist/plans/sandbox/summary.txt)"',
    );
  });

  it("runs with Nx's remote cache where it is asked to", () => {
    expect(parsed("verify", { cached: true }).phases.build?.commands).toEqual([
      "node tools/run.mjs remote-cache -- node tools/run.mjs delivery verify",
    ]);
  });

  it("hands nothing on where nothing is asked for", () => {
    expect(parsed("deploy --zone sandbox")).not.toHaveProperty("artifacts");
    expect(parsed("deploy --zone sandbox").env).not.toHaveProperty("exported-variables");
  });
});
