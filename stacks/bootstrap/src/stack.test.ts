import { DeployerBoundary } from "@landfall/identity";
import {
  organizationZone,
  statementsOf,
  type SynthesizedStack,
  synthApp,
  testZone,
  twoRegionZone,
} from "@landfall/testing";
import { type Zone } from "@landfall/core";
import { definition } from "./stack";

const synth = (zone: Zone): Record<string, SynthesizedStack> => synthApp({ zone, definitions: [definition] });

const only = (zone: Zone): SynthesizedStack => {
  const [stack] = Object.values(synth(zone));
  if (!stack) throw new Error("nothing was synthesized");
  return stack;
};

const stateBucket = (stack: SynthesizedStack) =>
  stack.resources("aws_s3_bucket").find(({ bucket }) => String(bucket).startsWith("test-state-"));

const policyOf = (stack: SynthesizedStack, part: string) =>
  statementsOf(
    stack.resources("aws_s3_bucket_policy").find(({ bucket }) => String(bucket).includes(part))?.policy,
  );

describe("the stack bootstrap", () => {
  const stack = only(testZone());

  it("has the roles that deploy, break-glass, and the four boundaries, by their fixed names", () => {
    const names = (type: string) => stack.resources(type).map(({ name }) => String(name));
    expect(names("aws_iam_role").sort()).toEqual(["test-break-glass", "test-deploy", "test-plan"]);
    expect(
      names("aws_iam_policy")
        .filter((name) => name.endsWith("-boundary"))
        .sort(),
    ).toEqual([
      "test-break-glass-boundary",
      "test-deployer-boundary",
      "test-repair-boundary",
      "test-workload-boundary",
    ]);
  });

  it("gives no role but break-glass the boundary of break-glass", () => {
    const boundaries = Object.fromEntries(
      stack.resources("aws_iam_role").map((role) => [role.name, String(role.permissions_boundary)]),
    );
    expect(boundaries["test-deploy"]).toContain(`${DeployerBoundary.name}_`);
    expect(boundaries["test-plan"]).toBe(boundaries["test-deploy"]);
    expect(boundaries["test-break-glass"]).toContain("BreakGlassBoundary_");
  });

  it("keeps the states under their fixed name, locked for a week", () => {
    expect(stateBucket(stack)).toMatchObject({
      bucket: "test-state-123456789012-eu-west-1",
      object_lock_enabled: true,
    });
    expect(stack.resource("aws_s3_bucket_object_lock_configuration").rule).toEqual({
      default_retention: { mode: "GOVERNANCE", days: 7 },
    });
    expect(stack.resource("aws_s3_bucket_logging").bucket).toMatch(/States/);
  });

  it("lets only break-glass delete old states, and no workload see one", () => {
    const policy = policyOf(stack, "States");
    expect(policy.KeepVersions?.Condition).toEqual({
      ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/test-break-glass" },
    });
    expect(policy.NotForWorkloads).toMatchObject({
      Effect: "Deny",
      Condition: {
        ArnLike: {
          "aws:PrincipalArn": [
            "arn:aws:iam::123456789012:role/test-*",
            "arn:aws:iam::123456789012:role/landfall/people/test-*",
          ],
        },
      },
    });
  });

  it("has a key for the states that no role of the zone manages, and that serves their bucket alone", () => {
    expect(stack.resource("aws_kms_alias").name).toBe("alias/test-state");
    const policy = statementsOf(stack.resource("aws_kms_key").policy);
    expect(policy.AdministeredByAdministrators?.Condition).toEqual({
      ArnNotLike: {
        "aws:PrincipalArn": [
          "arn:aws:iam::123456789012:role/test-*",
          "arn:aws:iam::123456789012:role/landfall/people/test-*",
        ],
      },
    });
    const bucket = "arn:aws:s3:::test-state-123456789012-eu-west-1";
    expect(policy.UsedForTheStates?.Condition).toEqual({
      StringEquals: {
        "kms:CallerAccount": "123456789012",
        "kms:ViaService": "s3.eu-west-1.amazonaws.com",
      },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] },
    });
  });

  it("can be destroyed with a disposable zone", () => {
    const disposable = only(testZone({ disposable: true }));
    expect(stateBucket(disposable)).toMatchObject({ force_destroy: true });
    expect(disposable.resources("aws_s3_bucket_object_lock_configuration")).toEqual([]);
    expect(policyOf(disposable, "States").KeepVersions).toBeUndefined();
    expect(disposable.resource("aws_kms_key").deletion_window_in_days).toBe(7);
  });

  it("lets GitHub in only where the zone names a repository", () => {
    expect(stack.resources("aws_iam_openid_connect_provider")).toEqual([]);
    const open = only(testZone({ identity: { github: { repository: "example/landing-zone" } } }));
    expect(open.resources("aws_iam_openid_connect_provider")).toHaveLength(1);
  });

  it("publishes the boundaries in each region", () => {
    const parameters = only(twoRegionZone()).resources("aws_ssm_parameter");
    expect(parameters.map(({ name }) => name).sort()).toEqual([
      "/landfall/test/bootstrap/deployerBoundaryArn",
      "/landfall/test/bootstrap/deployerBoundaryArn",
      "/landfall/test/bootstrap/repairBoundaryArn",
      "/landfall/test/bootstrap/repairBoundaryArn",
      "/landfall/test/bootstrap/workloadBoundaryArn",
      "/landfall/test/bootstrap/workloadBoundaryArn",
    ]);
  });

  it("has states, their key and GitHub's way in only in an organization's home account", () => {
    const stacks = synth(organizationZone({ identity: { github: { repository: "example/landing-zone" } } }));
    expect(Object.keys(stacks)).toHaveLength(5);
    const { "test-bootstrap": home, ...others } = stacks;
    expect(home?.resources("aws_kms_key")).toHaveLength(1);
    expect(home?.resources("aws_iam_openid_connect_provider")).toHaveLength(1);
    for (const other of Object.values(others)) {
      expect(other.resources("aws_s3_bucket")).toEqual([]);
      expect(other.resources("aws_kms_key")).toEqual([]);
      expect(other.resources("aws_iam_openid_connect_provider")).toEqual([]);
      expect(other.resources("aws_iam_role")).toHaveLength(3);
    }
  });
});

describe("a zone that is delivered from another account", () => {
  const delivered = testZone({ identity: { pipeline: { zone: "standard", account: "999999999999" } } });
  const [stack] = Object.values(synthApp({ zone: delivered, definitions: [definition] }));
  const role = (name: string) => `arn:aws:iam::999999999999:role/landfall/pipeline/standard-pipeline-${name}`;
  const trust = (name: string) =>
    statementsOf(stack?.resources("aws_iam_role").find((each) => each.name === name)?.assume_role_policy);

  it("trusts the stages of that pipeline by name: the deploy alone with the role that deploys", () => {
    expect(trust("test-deploy").FromPipeline?.Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": [role("deploy-test")] },
    });
    expect(trust("test-plan").FromPipeline?.Condition).toEqual({
      ArnEquals: {
        "aws:PrincipalArn": ["plan-test", "watch-test", "drift-test", "pull-request"].map(role),
      },
    });
  });

  it("lets them use the states: the deploy alone writes them", () => {
    const states = stack
      ?.resources("aws_s3_bucket_policy")
      .map(({ policy }) => statementsOf(policy))
      .find((policy) => policy.PipelineWrites);
    expect(states?.PipelineWrites).toMatchObject({
      Action: "s3:PutObject",
      Condition: { ArnEquals: { "aws:PrincipalArn": [role("deploy-test")] } },
    });
    expect(states?.PipelineReads?.Condition).toEqual({
      ArnEquals: {
        "aws:PrincipalArn": ["plan-test", "drift-test", "pull-request", "deploy-test"].map(role),
      },
    });
    expect(statementsOf(stack?.resource("aws_kms_key").policy)).toHaveProperty("UsedByThePipeline");
  });
});
