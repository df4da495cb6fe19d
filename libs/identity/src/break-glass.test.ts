import { statementsOf, synthStack } from "@landfall/testing";
import { BreakGlass } from "./break-glass";

describe("BreakGlass", () => {
  const stack = synthStack((scope) => {
    new BreakGlass(scope, "BreakGlass", { boundaryArn: "arn:aws:iam::123456789012:policy/boundary" });
  });

  it("administers within its boundary, for an hour, after a second factor of that hour", () => {
    const found = stack.resource("aws_iam_role");
    expect(found).toMatchObject({
      name: "test-break-glass",
      permissions_boundary: "arn:aws:iam::123456789012:policy/boundary",
      max_session_duration: 3600,
    });
    expect(statementsOf(found.assume_role_policy).PeopleWithSecondFactor?.Condition).toEqual({
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
    });
    expect(stack.resource("aws_iam_role_policy_attachment").policy_arn).toBe(
      "arn:aws:iam::aws:policy/AdministratorAccess",
    );
  });
});
