import { statementsOf, synthApp, type SynthesizedStack, testZone } from "@landfall/testing";
import { definition } from "./stack";

const intake = (): SynthesizedStack => {
  const [stack] = Object.values(synthApp({ zone: testZone(), definitions: [definition] }));
  if (!stack) throw new Error("intake was not synthesized");
  return stack;
};

describe("IntakeStack", () => {
  const stack = intake();

  it("hears of every object but those in quarantine", () => {
    const { event_pattern } = stack.resource("aws_cloudwatch_event_rule");
    expect(JSON.parse(String(event_pattern))).toMatchObject({
      detail: { object: { key: [{ "anything-but": { prefix: "quarantine/" } }] } },
    });
    expect(stack.resource("aws_lambda_function")).toMatchObject({
      environment: { variables: { QUARANTINE_PREFIX: "quarantine/" } },
    });
  });

  it("lets the function write to quarantine alone, and hide only what it has judged", () => {
    const statements = statementsOf(stack.resource("aws_iam_role_policy").policy);
    expect(statements.PutIntoQuarantine).toMatchObject({
      Action: "s3:PutObject",
      Resource: expect.stringMatching(/\/quarantine\/\*$/),
    });
    expect(statements.HideRefusedDocuments).toMatchObject({
      Action: "s3:DeleteObject",
      Condition: { Null: { "s3:if-match": "false" } },
    });
    expect(JSON.stringify(statements)).not.toContain("DeleteObjectVersion");
  });

  it("runs the function in isolated subnets and traces it", () => {
    expect(stack.resource("aws_lambda_function")).toMatchObject({
      vpc_config: { subnet_ids: expect.stringContaining("isolatedSubnetIds") },
      tracing_config: { mode: "Active" },
    });
  });

  it("tells the notices topic of what goes wrong with the function and the queue", () => {
    const alarms = stack.resources("aws_cloudwatch_metric_alarm");
    expect(alarms.map(({ alarm_name }) => alarm_name).sort()).toEqual([
      "test-intake-catalogue-concurrency",
      "test-intake-catalogue-duration",
      "test-intake-catalogue-errors",
      "test-intake-catalogue-throttles",
      "test-intake-documents-queue-age",
      "test-intake-documents-queue-dead-letters",
      "test-intake-documents-queue-dead-letters-expire",
    ]);
    for (const { alarm_actions } of alarms) {
      expect(alarm_actions).toEqual([expect.stringContaining("noticesTopicArn")]);
    }
  });

  it("has one dashboard, with the metrics that the function writes", () => {
    const { dashboard_body } = stack.resource("aws_cloudwatch_dashboard");
    for (const name of ["DocumentsCatalogued", "DocumentsRefused", "DocumentsFailed", "DocumentBytes"]) {
      expect(dashboard_body).toContain(name);
    }
  });
});
