import { sampleZone } from "../testing/fixture";
import { zoneOf } from "../zone/read-zone";
import { trustOf } from "./trust";

const ACCOUNT = "222222222222";
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const HOST = "token.actions.githubusercontent.com";

const withTrust = (
  Principal: unknown,
  Condition?: unknown,
  boundary = "${data.aws_ssm_parameter.Boundary.insecure_value}",
) => {
  const statement = { Sid: "Trust", Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition };
  const assume_role_policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const resources = {
    aws_iam_role: {
      Tested: {
        name: "tested",
        assume_role_policy,
        permissions_boundary: boundary,
      },
    },
    aws_iam_role_policy: {},
    aws_lambda_function: {},
    aws_lambda_event_source_mapping: {},
  };
  const found = trustOf(zoneOf(sampleZone({ resources }))).find(({ role }) => role.name === "tested");
  return found?.problems;
};

const web = (sub: string) => ({
  StringEquals: { [`${HOST}:aud`]: "sts.amazonaws.com" },
  StringLike: { [`${HOST}:sub`]: sub },
});

describe("trustOf", () => {
  it.each([
    ["a service that runs the account's own code", { Service: "lambda.amazonaws.com" }, undefined],
    [
      "a service that tells for whom it works",
      { Service: "config.amazonaws.com" },
      { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    ],
    ["an account of the zone", { AWS: `arn:aws:iam::${ACCOUNT}:root` }, undefined],
    ["one repository", { Federated: PROVIDER }, web("repo:example/landing-zone:ref:refs/heads/main")],
  ])("finds nothing wrong with %s", (_, principal, condition) => {
    expect(withTrust(principal, condition)).toEqual([]);
  });

  it.each([
    ["everyone", "*", undefined, /trusts everyone/],
    ["every AWS account", { AWS: "*" }, undefined, /trusts everyone/],
    ["a foreign account", { AWS: "arn:aws:iam::999999999999:root" }, undefined, /not in the zone/],
    [
      "a deputy without a condition",
      { Service: "config.amazonaws.com" },
      undefined,
      /without a condition on whom/,
    ],
    [
      "every repository",
      { Federated: PROVIDER },
      web("repo:example/*:ref:refs/heads/main"),
      /one repository/,
    ],
    [
      "a web identity for any audience",
      { Federated: PROVIDER },
      { StringLike: { [`${HOST}:sub`]: "repo:example/landing-zone:*" } },
      /audience/,
    ],
  ])("refuses %s", (_, principal, condition, message) => {
    expect(withTrust(principal, condition)).toEqual([expect.stringMatching(message)]);
  });

  it("refuses a boundary that is not the zone's", () => {
    const foreign = "arn:aws:iam::aws:policy/AdministratorAccess";
    expect(withTrust({ Service: "lambda.amazonaws.com" }, undefined, foreign)).toEqual([
      `its boundary must be one of the zone's in its account, got: ${foreign}`,
    ]);
  });

  it("tells of a role without a boundary", () => {
    const unbounded = trustOf(zoneOf(sampleZone())).filter(({ problems }) => problems.length > 0);
    expect(unbounded.map(({ role, problems }) => [role.path, problems])).toEqual([
      ["sample-organization/aws_iam_role.Deploy", ["has no permission boundary"]],
    ]);
  });
});
