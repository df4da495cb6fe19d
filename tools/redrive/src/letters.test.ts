import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  type Message,
  QueueDoesNotExist,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { readDeadLetter } from "./dead-letter";
import { SqsLetters } from "./letters";
import { findQueuePair, queueNameOf } from "./queue-pair";

const address = (name: string) => ({
  name,
  url: `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`,
  arn: `arn:aws:sqs:eu-west-1:123456789012:${name}`,
});
const [queue, deadLetters] = [address("local-shop-orders"), address("local-shop-orders-dead-letters")];
const pair = { queue, deadLetters };

/** A client that answers each command from a function, and remembers what it was asked. */
function client(answer: (command: object) => unknown) {
  const asked: object[] = [];
  const sqs = new SQSClient({ region: "eu-west-1" });
  jest.spyOn(sqs, "send").mockImplementation(async (command: object) => {
    asked.push(command);
    return answer(command);
  });
  return { sqs, asked, inputs: () => asked.map((command) => (command as { input: object }).input) };
}

beforeAll(() => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
});

describe("SqsLetters", () => {
  it("reads on until a poll brings nothing, and holds what it reads", async () => {
    const polls: Message[][] = [[{ MessageId: "1" }, { MessageId: "2" }], [{ MessageId: "3" }], []];
    const { sqs, inputs } = client(() => ({ Messages: polls.shift() }));

    const { letters, more } = await new SqsLetters(sqs, pair).read(20);

    expect([letters.map(({ id }) => id), more]).toEqual([["1", "2", "3"], false]);
    expect(inputs()[0]).toMatchObject({ QueueUrl: deadLetters.url, VisibilityTimeout: 20 });
  });

  it("ends though letters come again, because reading takes longer than the hold", async () => {
    const { sqs, asked } = client(() => ({ Messages: [{ MessageId: "1" }] }));

    expect((await new SqsLetters(sqs, pair).read(20)).letters).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  it("says that there are more than it reads", async () => {
    let id = 0;
    const { sqs } = client(() => ({ Messages: [{ MessageId: String(id++) }] }));

    expect(await new SqsLetters(sqs, pair, 3).read(20)).toMatchObject({ letters: { length: 3 }, more: true });
  });

  it("sends a letter with its attributes and its trace, then deletes it", async () => {
    const { sqs, asked, inputs } = client(() => ({}));
    const reason = { DataType: "String", StringValue: "too-large" };

    await new SqsLetters(sqs, pair).sendBack(
      readDeadLetter({
        Body: "body",
        ReceiptHandle: "handle",
        Attributes: { AWSTraceHeader: "Root=1-2-3" },
        MessageAttributes: { reason },
      }),
    );

    expect(asked.map(({ constructor }) => constructor)).toEqual([SendMessageCommand, DeleteMessageCommand]);
    expect(inputs()).toEqual([
      expect.objectContaining({
        QueueUrl: queue.url,
        MessageBody: "body",
        MessageAttributes: { reason },
        MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: "Root=1-2-3" } },
      }),
      { QueueUrl: deadLetters.url, ReceiptHandle: "handle" },
    ]);
  });

  it("keeps a letter that can't be sent", async () => {
    const { sqs, asked } = client(() => Promise.reject(new Error("throttled")));

    await expect(new SqsLetters(sqs, pair).sendBack(readDeadLetter({}))).rejects.toThrow("throttled");

    expect(asked).toHaveLength(1);
  });

  it("has SQS move all to the queue, names it, and waits for the end", async () => {
    const states = [
      {
        TaskHandle: "task",
        Status: "RUNNING",
        ApproximateNumberOfMessagesMoved: 2,
        ApproximateNumberOfMessagesToMove: 5,
      },
      { Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 5 },
    ];
    const { sqs, inputs } = client((command) => {
      if (command instanceof StartMessageMoveTaskCommand) return { TaskHandle: "task" };
      if (command instanceof ListMessageMoveTasksCommand) return { Results: [states.shift()] };
      throw new Error("not asked for");
    });
    const lines: string[] = [];

    const moved = await new SqsLetters(sqs, pair, undefined, 1).moveAll((line) => lines.push(line));

    expect([moved, lines]).toEqual([5, ["2 of 5 sent"]]);
    expect(inputs()[0]).toEqual({ SourceArn: deadLetters.arn, DestinationArn: queue.arn });
  });

  it("says why SQS stopped, and how far it came", async () => {
    const { sqs } = client((command) =>
      command instanceof StartMessageMoveTaskCommand
        ? { TaskHandle: "task" }
        : {
            Results: [
              { Status: "FAILED", FailureReason: "AccessDenied", ApproximateNumberOfMessagesMoved: 1 },
            ],
          },
    );

    await expect(new SqsLetters(sqs, pair).moveAll(() => undefined)).rejects.toThrow(
      "SQS stopped after 1: AccessDenied. The others are still dead letters",
    );
  });
});

describe("findQueuePair", () => {
  const answers = (redrivePolicy?: string) => (command: object) => {
    if (command instanceof GetQueueUrlCommand)
      return { QueueUrl: address(command.input.QueueName ?? "").url };
    if (!(command instanceof GetQueueAttributesCommand)) throw new Error("not asked for");
    const { QueueUrl = "", AttributeNames = [] } = command.input;
    return AttributeNames.includes("QueueArn")
      ? { Attributes: { QueueArn: address(QueueUrl.split("/").at(-1) ?? "").arn } }
      : { Attributes: redrivePolicy === undefined ? undefined : { RedrivePolicy: redrivePolicy } };
  };

  it("finds the dead-letter queue by the queue's own policy", async () => {
    const { sqs } = client(answers(JSON.stringify({ deadLetterTargetArn: deadLetters.arn })));

    expect(await findQueuePair(sqs, queue.name)).toEqual(pair);
  });

  it("refuses a queue without dead letters", async () => {
    await expect(findQueuePair(client(answers()).sqs, deadLetters.name)).rejects.toThrow(
      "The queue local-shop-orders-dead-letters keeps no dead letters. Name the queue that they are to go back to",
    );
  });

  it("says that there is no such queue", async () => {
    const { sqs } = client(() => Promise.reject(new QueueDoesNotExist({ message: "no", $metadata: {} })));
    await expect(findQueuePair(sqs, "local-x")).rejects.toThrow("There is no queue local-x");
  });
});

describe("queueNameOf", () => {
  it.each([
    ["intake-documents", "local-intake-documents"],
    ["local-intake-documents", "local-intake-documents"],
    [`shop-${"x".repeat(80)}`, expect.stringMatching(/^local-shop-x+-[0-9a-f]{8}$/)],
  ])("takes %s", (given, name) => {
    expect(queueNameOf("local", given)).toEqual(name);
  });
});
