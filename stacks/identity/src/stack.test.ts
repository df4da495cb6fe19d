import { organizationZone, synthApp, testZone } from "@landfall/testing";
import { definition } from "./stack";

describe("the stack identity", () => {
  const stacks = synthApp({ zone: testZone(), definitions: [definition] });
  const stack = stacks["test-identity"];

  it("bounds the roles of people with the deployer boundary, read from bootstrap", () => {
    const roles = stack?.resources("aws_iam_role") ?? [];
    expect(roles.map(({ name }) => name).sort()).toEqual(["test-operator", "test-read-only"]);
    for (const { permissions_boundary } of roles) {
      expect(permissions_boundary).toMatch(/aws_ssm_parameter.Contract-bootstrap_deployerBoundaryArn/);
    }
  });

  it("holds the account to its password policy, and looks for access from outside", () => {
    expect(stack?.resources("aws_iam_account_password_policy")).toHaveLength(1);
    expect(stack?.resources("aws_accessanalyzer_analyzer")).toHaveLength(1);
  });

  it("is in every account of an organization", () => {
    expect(Object.keys(synthApp({ zone: organizationZone(), definitions: [definition] }))).toHaveLength(5);
  });
});
