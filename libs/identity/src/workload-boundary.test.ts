import { statementsOf, synthStack } from "@landfall/testing";
import { WorkloadBoundary } from "./workload-boundary";

describe("WorkloadBoundary", () => {
  const policy = synthStack((stack) => new WorkloadBoundary(stack, "Boundary")).resource("aws_iam_policy");
  const statements = statementsOf(policy.policy);
  const actions = Object.values(statements).flatMap(({ Action }) => Action as string[]);

  it("is named after the zone", () => {
    expect(policy.name).toBe("test-sample-workload-boundary");
  });

  it("allows data actions in its own account only", () => {
    expect(statements.DataInThisAccount?.Condition).toEqual({
      StringEquals: { "aws:ResourceAccount": "123456789012" },
    });
  });

  it("names each action: no wildcard can grow with the service", () => {
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  it.each([
    "iam:",
    "sts:",
    "organizations:",
    "cloudtrail:",
    "config:",
    "kms:Schedule",
    "kms:Put",
    "s3:PutBucket",
    "ec2:Authorize",
  ])("allows nothing that starts with %s", (prefix) => {
    expect(actions.filter((action) => action.startsWith(prefix))).toEqual([]);
  });
});
