import { statementsOf, synthStack, twoRegionZone } from "@landfall/testing";
import { WorkloadBoundary } from "./workload-boundary";

describe("WorkloadBoundary", () => {
  const policy = synthStack((stack) => new WorkloadBoundary(stack, "Boundary"), {
    zone: twoRegionZone(),
  }).resource("aws_iam_policy");
  const statements = statementsOf(policy.policy);
  const actions = Object.values(statements).flatMap(({ Action }) => Action as string[]);

  it("has a name that is fixed for the zone", () => {
    expect(policy.name).toBe("test-workload-boundary");
  });

  it("allows data actions in its own account only", () => {
    expect(statements.DataInThisAccount?.Condition).toEqual({
      StringEquals: { "aws:ResourceAccount": "123456789012" },
    });
  });

  it("allows the use of keys in its own account and the zone's regions only", () => {
    expect(statements.KeysOfThisAccount?.Resource).toEqual([
      "arn:aws:kms:eu-west-1:123456789012:key/*",
      "arn:aws:kms:eu-central-1:123456789012:key/*",
    ]);
    const elsewhere = Object.values(statements).filter(({ Sid }) => Sid !== "KeysOfThisAccount");
    expect(elsewhere.flatMap(({ Action }) => Action as string[]).join()).not.toContain("kms:");
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
