import { synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of a name that fails over", () => {
  const stack = synthStack(example);

  it("answers with the home region's load balancer while it is healthy", () => {
    expect(stack.resource("aws_route53_record")).toMatchObject({
      name: "orders.test.example.com",
      set_identifier: "primary",
      health_check_id: expect.stringContaining("aws_route53_health_check.HealthCheck"),
      alias: { name: "orders-1234.eu-west-1.elb.amazonaws.com", evaluate_target_health: true },
    });
  });

  it("tells someone when it is not", () => {
    expect(stack.resource("aws_cloudwatch_metric_alarm")).toMatchObject({
      alarm_actions: ["arn:aws:sns:us-east-1:123456789012:sandbox-dns-notices"],
      metric_name: "HealthCheckStatus",
    });
  });
});
