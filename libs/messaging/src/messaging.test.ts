import { type Attributes, type SynthesizedStack, statementsOf, synthStack } from "@landfall/testing";
import { EventRule } from "./event-rule";
import { Queue, type QueueProps } from "./queue";

const props: QueueProps = { name: "documents", encryptionKey: { keyArn: "arn:key" } };
const queues = (
  change: Partial<QueueProps> = {},
  withRule = false,
): { queue: Attributes; deadLetters: Attributes; stack: SynthesizedStack } => {
  const stack = synthStack((stack) => {
    const queue = new Queue(stack, "Documents", { ...props, ...change });
    if (withRule) {
      new EventRule(stack, "Created", {
        name: "created",
        description: "A document was created",
        eventPattern: { source: ["aws.s3"] },
        target: queue,
      });
    }
  });
  const all = stack.resources("aws_sqs_queue");
  const [deadLetters, queue] = [true, false].map((dead) =>
    all.find(({ name }) => String(name).endsWith("dead-letters") === dead),
  );
  if (!queue || !deadLetters) throw new Error("expected a queue and its dead-letter queue");
  return { queue, deadLetters, stack };
};

describe("Queue", () => {
  it("and its dead-letter queue are encrypted with the given key and deny requests without TLS", () => {
    const { queue, deadLetters } = queues();
    for (const each of [queue, deadLetters]) {
      expect(each.kms_master_key_id).toBe("arn:key");
      expect(Object.keys(statementsOf(each.policy))).toEqual(["DenyInsecureTransport"]);
    }
  });

  it("sends a message to the dead-letter queue after five tries, where it waits 14 days", () => {
    const { queue, deadLetters } = queues();
    expect(JSON.parse(String(queue.redrive_policy))).toMatchObject({ maxReceiveCount: 5 });
    expect(deadLetters.message_retention_seconds).toBe(1_209_600);
    expect(JSON.parse(String(deadLetters.redrive_allow_policy))).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: ["arn:aws:sqs:eu-west-1:123456789012:test-sample-documents"],
    });
  });

  it("takes other times and counts", () => {
    const { queue } = queues({ visibilityTimeoutSeconds: 60, maxReceiveCount: 2 });
    expect(queue.visibility_timeout_seconds).toBe(60);
    expect(JSON.parse(String(queue.redrive_policy))).toMatchObject({ maxReceiveCount: 2 });
  });

  it("reports every bad value at once", () => {
    expect(() => queues({ visibilityTimeoutSeconds: 43_201, maxReceiveCount: 0 })).toThrow(
      /'visibilityTimeoutSeconds' must be .* 0 to 43200, got: 43201\n {2}'maxReceiveCount' must be .* 1 to 1000, got: 0/,
    );
  });
});

describe("EventRule", () => {
  it("may send to the queue and to its dead-letter queue, for this rule of this account alone", () => {
    const { queue, deadLetters } = queues({}, true);
    for (const each of [queue, deadLetters]) {
      expect(statementsOf(each.policy).Sender0).toMatchObject({
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: expect.stringContaining(String(each.name)),
        Condition: {
          ArnEquals: { "aws:SourceArn": "arn:aws:events:eu-west-1:123456789012:rule/test-sample-created" },
          StringEquals: { "aws:SourceAccount": "123456789012" },
        },
      });
    }
  });

  it("keeps what it can't deliver in the dead-letter queue", () => {
    const target = queues({}, true).stack.resource("aws_cloudwatch_event_target");
    expect(target.dead_letter_config).toEqual({
      arn: expect.stringContaining("aws_sqs_queue.Documents_DeadLetters"),
    });
    expect(target.retry_policy).toEqual({
      maximum_event_age_in_seconds: 86_400,
      maximum_retry_attempts: 185,
    });
  });
});
