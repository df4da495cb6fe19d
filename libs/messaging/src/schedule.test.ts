import { statementsOf, type SynthesizedStack, synthStack } from "@landfall/testing";
import { Queue } from "./queue";
import { Schedule } from "./schedule";

const schedule = (everyMinutes: number): SynthesizedStack =>
  synthStack((stack) => {
    const target = new Queue(stack, "Sweeps", { name: "sweeps", encryptionKey: { keyArn: "arn:key" } });
    new Schedule(stack, "Sweep", { name: "sweep", description: "Look at everything", everyMinutes, target });
  });

describe("Schedule", () => {
  it.each([
    [1, "rate(1 minute)"],
    [60, "rate(60 minutes)"],
  ])("sends a message each %i minutes", (minutes, rate) => {
    expect(schedule(minutes).resource("aws_cloudwatch_event_rule")).toMatchObject({
      name: "test-sample-sweep",
      schedule_expression: rate,
    });
  });

  it("may send to the queue and its dead-letter queue, and keeps there what it can't deliver", () => {
    const stack = schedule(60);
    for (const { policy } of stack.resources("aws_sqs_queue")) {
      expect(statementsOf(policy).Sender0).toMatchObject({
        Condition: {
          ArnEquals: { "aws:SourceArn": "arn:aws:events:eu-west-1:123456789012:rule/test-sample-sweep" },
        },
      });
    }
    expect(stack.resource("aws_cloudwatch_event_target").dead_letter_config).toEqual({
      arn: expect.stringContaining("DeadLetters"),
    });
  });

  it.each([0, 1.5, 10_081])("refuses %d minutes", (minutes) => {
    expect(() => schedule(minutes)).toThrow(/'everyMinutes' must be a whole number from 1 to 10080/);
  });
});
