import { statementsOf, synthStack } from "@landfall/testing";
import { RepairBoundary } from "./repair-boundary";

describe("RepairBoundary", () => {
  const policy = synthStack((stack) => new RepairBoundary(stack, "Boundary")).resource("aws_iam_policy");
  const statements = statementsOf(policy.policy);
  const actions = Object.values(statements).flatMap(({ Action }) => Action as string[]);

  it("has a name that is fixed for the zone", () => {
    expect(policy.name).toBe("test-repair-boundary");
  });

  it("mends in four ways, in its own account, and never what is tagged to be ignored", () => {
    expect(statements.MendInThisAccount).toMatchObject({
      Action: [
        "cloudtrail:StartLogging",
        "ec2:RevokeSecurityGroupIngress",
        "iam:UpdateAccessKey",
        "s3:PutBucketPublicAccessBlock",
      ],
      Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
    });
    expect(statements.TouchNothingIgnored).toMatchObject({
      Effect: "Deny",
      Action: statements.MendInThisAccount?.Action,
      Condition: { StringEquals: { "aws:ResourceTag/landfall:sentinel": "ignore" } },
    });
  });

  it("names each action: no wildcard can grow with the service", () => {
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  it.each([
    /^s3:Delete/,
    /^ec2:(Authorize|Create|Delete)/,
    /^cloudtrail:(Stop|Delete|Update|Put)/,
    /^iam:(Create|Put|Attach|Delete)/,
    /^sts:/,
    /^lambda:/,
  ])("allows nothing like %s", (pattern) => {
    expect(actions.filter((action) => pattern.test(action))).toEqual([]);
  });
});
