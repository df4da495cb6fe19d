import { synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of edge", () => {
  const stack = synthStack(example);

  it("puts the function behind HTTPS, and the web ACL before it", () => {
    const https = stack.resources("aws_lb_listener").find(({ port }) => port === 443);
    expect(https).toMatchObject({
      protocol: "HTTPS",
      default_action: [{ target_group_arn: expect.stringContaining("aws_lb_target_group.Front_Targets") }],
    });
    expect(stack.resource("aws_lambda_permission")).toMatchObject({
      source_arn: expect.stringContaining("aws_lb_target_group."),
    });
    expect(stack.resource("aws_wafv2_web_acl_association").resource_arn).toContain("aws_lb.Front");
  });
});
