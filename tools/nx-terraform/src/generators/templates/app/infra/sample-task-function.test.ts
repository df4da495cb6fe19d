import { type ZoneStack } from "@landfall/stack";
import { bootstrapContract } from "@landfall/stack-bootstrap/contract";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { networkContract } from "@landfall/stack-network/contract";
import { statementsOf, synthStack } from "@landfall/testing";
import { SampleTaskFunction } from "./sample-task-function";

describe("SampleTaskFunction", () => {
  const stack = synthStack((stack: ZoneStack) => {
    stack.permissionsBoundary(stack.consume(bootstrapContract).workloadBoundaryArn);
    new SampleTaskFunction(stack, "SampleTask", {
      keys: stack.consume(keysContract),
      logging: stack.consume(loggingContract),
      network: stack.consume(networkContract),
    });
  });

  it("hears of the events of its own app and detail type alone", () => {
    expect(JSON.parse(String(stack.resource("aws_cloudwatch_event_rule").event_pattern))).toEqual({
      source: ["landfall.sample"],
      "detail-type": ["SampleTaskRequested"],
    });
  });

  it("lets the function write into its table and its dead-letter queue, and nowhere else", () => {
    const statements = Object.values(statementsOf(stack.resource("aws_iam_role_policy").policy));
    const writes = statements.filter(({ Action }) => /PutItem|SendMessage/.test(JSON.stringify(Action)));
    expect(writes.map(({ Resource }) => Resource)).toEqual([
      expect.stringContaining("aws_sqs_queue.SampleTask_Queue_DeadLetters"),
      expect.stringContaining("aws_dynamodb_table.SampleTask_Table"),
    ]);
    expect(JSON.stringify(statements)).not.toMatch(/Scan|Query|DeleteItem|UpdateItem/);
  });

  it("runs in isolated subnets, traced", () => {
    expect(stack.resource("aws_lambda_function")).toMatchObject({
      vpc_config: { subnet_ids: expect.stringContaining("isolatedSubnetIds") },
      tracing_config: { mode: "Active" },
    });
  });

  it("tells the notices topic of what goes wrong", () => {
    const alarms = stack.resources("aws_cloudwatch_metric_alarm");
    expect(alarms).toHaveLength(7);
    for (const { alarm_actions } of alarms) {
      expect(alarm_actions).toEqual([expect.stringContaining("noticesTopicArn")]);
    }
  });
});
