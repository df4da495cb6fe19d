import { organizationZone, statementsOf, type SynthesizedStack, synthStack } from "@landfall/testing";
import { GitHubFederation } from "./github-federation";

const stack = synthStack(
  (scope) => {
    new GitHubFederation(scope, "GitHub", {
      repository: "example/landing-zone",
      branch: "main",
      boundaryArn: "arn:aws:iam::111111111111:policy/test-deployer-boundary",
      stateKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d",
    });
  },
  { zone: organizationZone() },
);

const role = (name: string) => stack.resources("aws_iam_role").find((each) => each.name === name);
const policy = (of: SynthesizedStack, name: string) =>
  statementsOf(of.resources("aws_iam_policy").find((each) => each.name === name)?.policy);

describe("GitHubFederation", () => {
  it("takes tokens for AWS alone", () => {
    expect(stack.resource("aws_iam_openid_connect_provider")).toMatchObject({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    });
  });

  it.each([
    ["test-github-plan", "repo:example/landing-zone:pull_request"],
    ["test-github-deploy", "repo:example/landing-zone:ref:refs/heads/main"],
  ])("lets into %s the workflows of exactly %s", (name, subject) => {
    expect(statementsOf(role(name)?.assume_role_policy).WorkflowsOfTheRepository).toMatchObject({
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": subject,
        },
      },
    });
    expect(role(name)?.permissions_boundary).toBe("arn:aws:iam::111111111111:policy/test-deployer-boundary");
  });

  const accounts = [1, 2, 3, 4, 5].map((digit) => String(digit).repeat(12));
  const of = (names: readonly string[]) =>
    accounts.flatMap((account) => names.map((name) => `arn:aws:iam::${account}:role/test-${name}`));

  it("lets pull requests take the plan roles of the zone's accounts, and write no state", () => {
    const statements = policy(stack, "test-sample-github-plan");
    expect(statements.TakeDeployers?.Resource).toEqual(of(["plan"]));
    expect(statements.WriteStates).toBeUndefined();
  });

  it("lets the branch take the plan and the deploy roles, and write states", () => {
    const statements = policy(stack, "test-sample-github-deploy");
    expect(statements.TakeDeployers?.Resource).toEqual(of(["plan", "deploy"]));
    expect(statements.WriteStates).toBeDefined();
  });
});
