import { statementsOf, synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of messaging", () => {
  const stack = synthStack(example);

  it("sends what can't be delivered to the dead-letter queue", () => {
    expect(stack.resource("aws_cloudwatch_event_target")).toMatchObject({
      dead_letter_config: { arn: expect.stringContaining("Reports_DeadLetters") },
    });
  });

  it("lets the rule alone send to the queue, and alarms alone publish to the topic", () => {
    const queues = stack.resources("aws_sqs_queue").map(({ policy }) => Object.keys(statementsOf(policy)));
    expect(queues).toEqual([
      ["DenyInsecureTransport", "Sender0"],
      ["DenyInsecureTransport", "Sender0"],
    ]);
    expect(statementsOf(stack.resource("aws_sns_topic_policy").policy).Publisher0).toMatchObject({
      Principal: { Service: "cloudwatch.amazonaws.com" },
    });
  });
});
