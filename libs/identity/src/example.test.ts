import { synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of who deploys an account", () => {
  const stack = synthStack(example);

  it("makes three roles, each within a boundary", () => {
    const roles = stack.resources("aws_iam_role");
    expect(roles.map(({ name }) => name).sort()).toEqual(["test-break-glass", "test-deploy", "test-plan"]);
    for (const { permissions_boundary } of roles) expect(permissions_boundary).toMatch(/aws_iam_policy/);
  });
});
