import { synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of observability", () => {
  const stack = synthStack(example);

  it("tells the topic of everything that can go wrong with the function and the queue", () => {
    const alarms = stack.resources("aws_cloudwatch_metric_alarm");
    expect(alarms.map(({ alarm_name }) => String(alarm_name).replace(/^[^-]+-[^-]+-/, "")).sort()).toEqual([
      "reports-age",
      "reports-dead-letters",
      "reports-dead-letters-expire",
      "writer-concurrency",
      "writer-duration",
      "writer-errors",
      "writer-throttles",
    ]);
    for (const alarm of alarms) {
      expect(alarm.alarm_actions).toEqual(["arn:aws:sns:eu-west-1:123456789012:sandbox-logging-notices"]);
    }
  });

  it("shows them all on one dashboard", () => {
    const { dashboard_body } = stack.resource("aws_cloudwatch_dashboard");
    for (const address of Object.keys(stack.json.resource?.aws_cloudwatch_metric_alarm ?? {})) {
      expect(dashboard_body).toContain(`\${aws_cloudwatch_metric_alarm.${address}.arn}`);
    }
  });
});
