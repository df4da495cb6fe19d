import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Context, type SQSEvent } from "aws-lambda";

/** DynamoDB and SQS, as far as this function uses them: rows, dead letters, and a call that is refused once. */
const rows = new Map<string, unknown>();
const letters: unknown[] = [];
let isThrottled = false;

const server = createServer(async (request, response) => {
  const body = JSON.parse(await text(request)) as Record<string, unknown>;
  const answer = (status: number, content: unknown) =>
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(content));
  if (isThrottled) return answer(400, { __type: "ThrottlingException", message: "injected" });
  if (String(request.headers["x-amz-target"]).endsWith(".SendMessage")) {
    letters.push(body.MessageAttributes);
    const MD5OfMessageBody = createHash("md5").update(String(body.MessageBody)).digest("hex");
    return answer(200, { MessageId: "1", MD5OfMessageBody });
  }
  const key = JSON.stringify((body.Item as Record<string, unknown>).pk);
  if (rows.has(key)) {
    return answer(400, {
      __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
      message: "The conditional request failed",
    });
  }
  rows.set(key, body.Item);
  return answer(200, {});
});

const context = { functionName: "sample-app-sample-task", awsRequestId: "1" } as Context;
const written: string[] = [];

async function handle(bodies: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { handler } = await import("./sample-task.function");
  const Records = Object.entries(bodies).map(([messageId, detail]) => ({
    messageId,
    body: JSON.stringify({ detail }),
  }));
  const { batchItemFailures } = await handler({ Records } as SQSEvent, context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  for (const name of Object.keys(process.env)) if (/^(AWS|POWERTOOLS)_/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    SAMPLE_TASK_TABLE: "sample-task",
    DEAD_LETTER_QUEUE_URL: `http://127.0.0.1:${port}/123456789012/sample-task-dead-letters`,
    POWERTOOLS_SERVICE_NAME: "sample-app",
    POWERTOOLS_METRICS_NAMESPACE: "Landfall",
    POWERTOOLS_LOG_LEVEL: "INFO",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_MAX_ATTEMPTS: "1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  });
});
beforeEach(() => {
  rows.clear();
  letters.length = 0;
  written.length = 0;
  isThrottled = false;
  jest.spyOn(process.stdout, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe("the function sample-task", () => {
  it("keeps good events once and dead-letters bad ones, and none of them comes again", async () => {
    expect(await handle({ one: { id: "a", note: "secret" }, two: { id: "a" }, bad: { id: "" } })).toEqual([]);
    expect(rows.size).toBe(1);
    expect(letters).toEqual([{ reason: { DataType: "String", StringValue: "invalid-detail" } }]);
  });

  it("counts what became of events, and logs nothing of what they hold", async () => {
    await handle({ one: { id: "a", note: "secret" }, bad: { id: "" } });
    const lines = written.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({ service: "sample-app", SampleTaskDone: 1, SampleTaskRefused: 1 }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ messageId: "one", outcome: "done" }));
    expect(written.join("")).not.toContain("secret");
  });

  it("asks for an event again where the table refuses it for now", async () => {
    isThrottled = true;
    expect(await handle({ one: { id: "a" } })).toEqual(["one"]);
  });
});
