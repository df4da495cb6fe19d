import { type Zone, type ZoneInput, zoneRegions } from "@landfall/core";
import { instancesOf } from "@landfall/stack";
import { organizationZone, statementsOf, synthApp, type SynthesizedStack, testZone } from "@landfall/testing";
import { definition } from "./stack";

const source = { repository: "landing-zone" };
const before = [{ zone: "sandbox", accounts: ["210987654321"], regions: ["eu-west-1" as const] }];
const zone = (delivery: Partial<NonNullable<ZoneInput["delivery"]>> = {}, change: Partial<ZoneInput> = {}) =>
  testZone({ delivery: { source, ...delivery }, ...change });

const synth = (of: Zone): Record<string, SynthesizedStack> =>
  synthApp({ zone: of, definitions: [definition] });
const home = (of: Zone): SynthesizedStack => {
  const stack = synth(of)["test-delivery-eu-west-1"];
  if (!stack) throw new Error("no pipeline was synthesized");
  return stack;
};
const policyOf = (stack: SynthesizedStack, role: string) => {
  const [address] =
    Object.entries(stack.json.resource?.aws_iam_role ?? {}).find(([, { name }]) => name === role) ?? [];
  const found = stack
    .resources("aws_iam_role_policy")
    .find((policy) => String(policy.role).includes(`.${address}.`));
  return statementsOf(found?.policy);
};

describe("the stack delivery", () => {
  it("is in no zone that delivers nothing", () => {
    expect(instancesOf(testZone(), definition)).toEqual([]);
  });

  it("is in the home account's home region alone, and an administrator's", () => {
    const several = organizationZone({ delivery: { source } });
    expect(instancesOf(several, definition)).toMatchObject([
      { name: "test-delivery-eu-west-1", account: "network", appliedBy: "administrator" },
    ]);
  });

  it("delivers the zones before this one first", () => {
    const { stage } = home(zone({ before })).resource("aws_codepipeline") as { stage: { name: string }[] };
    expect(stage.map(({ name }) => name)).toEqual(["Source", "Verify", "sandbox", "test"]);
  });

  it("lets each deploy take the role of its own zone, in that zone's accounts", () => {
    const stack = home(zone({ before }));
    expect(policyOf(stack, "test-pipeline-deploy-sandbox").TakeDeploy?.Resource).toEqual([
      "arn:aws:iam::210987654321:role/sandbox-deploy",
    ]);
    expect(policyOf(stack, "test-pipeline-deploy-test").TakeDeploy?.Resource).toEqual([
      "arn:aws:iam::123456789012:role/test-deploy",
    ]);
    expect(policyOf(stack, "test-pipeline-verify").TakeDeploy).toBeUndefined();
  });

  it("bounds every role by the pipeline's boundary", () => {
    for (const role of home(zone({ before })).resources("aws_iam_role")) {
      expect(role.permissions_boundary).toMatch(/aws_iam_policy\.Home_Boundary_Policy_\w+\.arn/);
    }
  });

  it("asks the approvers, or else the security contact", () => {
    const asked = (of: Zone) =>
      home(of)
        .resources("aws_sns_topic_subscription")
        .map(({ endpoint }) => endpoint);
    expect(asked(zone())).toEqual(["security@example.com"]);
    expect(asked(zone({ approvers: ["a@example.com", "b@example.com"] }))).toEqual([
      "a@example.com",
      "b@example.com",
    ]);
  });

  it("builds in the home account's private subnets where it is asked to", () => {
    const network = { block: "10.0.0.0/14", vpcPrefix: 16, egress: "nat" as const };
    const projects = home(zone({ vpc: true }, { network })).resources("aws_codebuild_project");
    expect(projects.filter((project) => !project.vpc_config)).toEqual([]);
    expect(
      home(zone())
        .resources("aws_codebuild_project")
        .filter((project) => project.vpc_config),
    ).toEqual([]);
  });

  it("signs where it is asked to, and has functions of every account and region take signed code alone", () => {
    const zone = organizationZone({ delivery: { source, signing: true } });
    const stacks = synth(zone);
    expect(Object.keys(stacks)).toHaveLength(zone.accounts.length * zoneRegions(zone).length);
    for (const stack of Object.values(stacks)) {
      expect(stack.resource("aws_lambda_code_signing_config")).toMatchObject({
        policies: { untrusted_artifact_on_deployment: "Enforce" },
      });
    }
    const workload = stacks["test-delivery-workload-eu-central-1"];
    expect(workload?.dataSources("aws_signer_signing_profile")).toMatchObject([
      { name: "test_delivery", provider: "aws.network-eu-west-1" },
    ]);
    expect(workload?.resources("aws_codepipeline")).toEqual([]);
  });

  it("lets the build that verifies fill the build cache, and that of pull requests read it", () => {
    const stack = home(zone());
    expect(policyOf(stack, "test-pipeline-verify")).toHaveProperty("FillCache");
    expect(policyOf(stack, "test-pipeline-pull-request")).toHaveProperty("ReadCache");
    expect(policyOf(stack, "test-pipeline-pull-request")).not.toHaveProperty("FillCache");
    const guards = stack
      .resources("aws_s3_bucket_policy")
      .map(({ policy }) => statementsOf(policy).OnlyTrustedBuildsWrite?.Condition)
      .filter((condition) => condition !== undefined);
    expect(guards).toEqual([
      {
        ArnNotEquals: {
          "aws:PrincipalArn": ["arn:aws:iam::123456789012:role/landfall/pipeline/test-pipeline-verify"],
        },
      },
    ]);
    const cached = stack
      .resources("aws_codebuild_project")
      .filter((project) => JSON.stringify(project.source).includes("tools/run.mjs remote-cache -- "));
    expect(cached.map(({ name }) => name).sort()).toEqual([
      "test-delivery-pull-request",
      "test-delivery-verify",
    ]);
  });
});
