import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import {
  callJson,
  endFaults,
  fireSchedule,
  type FrontDoor,
  injectFaults,
  openFrontDoor,
} from "@landfall/local";
import { clientsOf, configurationOf } from "./deploy-function";
import { deployLoadBalancer } from "./deploy-load-balancer";
import { RunnerBench } from "./runner-bench";

/** Logs what it was given; fails for items that say so. */
const STREAM_READER = `
exports.handler = async ({ Records }) => {
  const ids = Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
  console.log(JSON.stringify({ kind: "read", ids, first: Records[0] }));
  const batchItemFailures = Records.filter(({ dynamodb }) => dynamodb.NewImage.poison)
    .map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })).slice(0, 1);
  return { batchItemFailures };
};`;

/** Answers as its path says. */
const WEB = `
exports.handler = async (event) => {
  if (event.path === "/nonsense") return { hello: "world" };
  if (event.path === "/throw") throw new Error("no");
  if (event.path === "/slow") await new Promise((settle) => setTimeout(settle, 2500));
  return { statusCode: 201, headers: { "content-type": "application/json" }, body: JSON.stringify(event) };
};`;

describe("what feeds deployed functions beside queues", () => {
  jest.setTimeout(60_000);

  const bench = new RunnerBench();
  let doors: FrontDoor | undefined;
  let dynamoDb: DynamoDBClient;
  beforeAll(async () => {
    await bench.open();
    dynamoDb = new DynamoDBClient(configurationOf(bench.emulator));
  });
  afterAll(async () => {
    dynamoDb?.destroy();
    await bench.close();
  });
  afterEach(async () => {
    await doors?.stop();
    doors = undefined;
    await bench.reset();
  });

  const createTable = async (name: string, client = dynamoDb): Promise<string> => {
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      }),
    );
    return TableDescription?.LatestStreamArn ?? "";
  };
  const put = async (table: string, pk: string, more = {}) => {
    await dynamoDb.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, ...more } }));
  };
  const reads = () =>
    bench.results.flatMap(({ logs }) =>
      logs.filter((log) => log["kind"] === "read").map((log) => log["ids"]),
    );

  it("reads a stream in order, isolates poison, and tells the destination of it", async () => {
    const workload = await bench.deploy({ name: "stream", code: STREAM_READER });
    const streamArn = await createTable("stream");
    for (const pk of ["1", "2", "3"]) await put("stream", pk, pk === "2" ? { poison: { BOOL: true } } : {});
    const { lambda } = clientsOf(bench.emulator);
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: "stream",
        EventSourceArn: streamArn,
        StartingPosition: "TRIM_HORIZON",
        BatchSize: 10,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
        DestinationConfig: { OnFailure: { Destination: `${workload.queueArn}-dlq` } },
      }),
    );
    const running = await bench.start({ retryDelaySeconds: 0 });
    expect(await running.idle()).toBe(true);
    await put("stream", "3", { changed: { BOOL: true } });
    await put("stream", "4");
    expect(await running.idle()).toBe(true);

    expect(reads()).toEqual([["1", "2", "3"], ["2"], ["2"], ["3"], ["4"]]);
    expect(bench.results[0]?.logs[0]?.["first"]).toMatchObject({
      eventName: "INSERT",
      eventSource: "aws:dynamodb",
      eventVersion: "1.1",
      awsRegion: "eu-west-1",
      eventSourceARN: streamArn,
      dynamodb: { Keys: { pk: { S: "1" } }, StreamViewType: "NEW_AND_OLD_IMAGES" },
    });
    expect(await bench.receive(workload.deadLetterQueueUrl)).toMatchObject([
      {
        requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 2 },
        DDBStreamBatchInfo: { batchSize: 1, streamArn },
      },
    ]);
  });

  it("keeps replicas alike in both directions, each with a stream of all writes", async () => {
    const there = new DynamoDBClient({ ...configurationOf(bench.emulator), region: "eu-central-1" });
    await createTable("global");
    const add = { ReplicaUpdates: [{ Create: { RegionName: "eu-central-1" } }] };
    const { TableDescription } = await dynamoDb.send(new UpdateTableCommand({ TableName: "global", ...add }));
    expect(TableDescription?.Replicas).toMatchObject([
      { RegionName: "eu-central-1", ReplicaStatus: "ACTIVE" },
    ]);
    await put("global", "here");
    await there.send(new PutItemCommand({ TableName: "global", Item: { pk: { S: "there" } } }));

    const read = { TableName: "global" };
    const { Item: written } = await there.send(new GetItemCommand({ ...read, Key: { pk: { S: "here" } } }));
    const { Item: replicated } = await dynamoDb.send(
      new GetItemCommand({ ...read, Key: { pk: { S: "there" } } }),
    );
    expect([written?.["pk"], replicated?.["pk"]]).toEqual([{ S: "here" }, { S: "there" }]);
    there.destroy();
  });

  it("fires a schedule on demand", async () => {
    const { queueArn, queueUrl } = await bench.deploy({ name: "sweep" });
    const events = (action: string, request: object) =>
      callJson(bench.emulator, "events", `AWSEvents.${action}`, request);
    await events("PutRule", { Name: "sweep", ScheduleExpression: "rate(1 hour)" });
    await events("PutTargets", { Rule: "sweep", Targets: [{ Id: "Target", Arn: queueArn }] });
    // Without a pattern it hears none of them.
    await events("PutEvents", { Entries: [{ Source: "example", DetailType: "Other", Detail: "{}" }] });

    expect(await fireSchedule({ ...bench.emulator, rule: "sweep" })).toBe(1);
    expect(await bench.receive(queueUrl)).toMatchObject([
      { source: "aws.events", "detail-type": "Scheduled Event", region: "eu-west-1" },
    ]);
    await expect(fireSchedule({ ...bench.emulator, rule: "gone" })).rejects.toThrow("gone");
  });

  it("refuses the calls of one service in one region, and counts them", async () => {
    await createTable("refused");
    await injectFaults(bench.emulator, { seed: 1, services: { "dynamodb@eu-west-1": { refused: 1 } } });
    const there = new DynamoDBClient({ ...configurationOf(bench.emulator), region: "eu-central-1" });
    await expect(put("refused", "1")).rejects.toThrow("Refused on purpose");
    await expect(createTable("refused", there)).resolves.not.toBe("");
    const counts = await endFaults(bench.emulator);
    // The SDK tries again, each time in vain.
    const { calls = 0, refused } = counts["dynamodb@eu-west-1"] ?? {};
    expect(calls).toBeGreaterThan(1);
    expect(refused).toBe(calls);
    await put("refused", "1");
    there.destroy();
  });

  it("kills a function in the middle of its batch, which comes again whole", async () => {
    const workload = await bench.deploy({ name: "killed" });
    await bench.send(workload, { print: "one" }, { sleep: 2000 }, { id: 3 });
    await workload.map();
    const faults = {
      kill: (_name: string, number: number) =>
        number === 1 ? { afterLines: 1, afterMilliseconds: 0 } : undefined,
    };
    const running = await bench.start({ retryDelaySeconds: 0, faults, maxConcurrency: 1 });
    expect(await running.idle()).toBe(true);

    expect(bench.results[0]).toMatchObject({
      records: 3,
      failures: 3,
      error: "Runtime exited with error: signal SIGKILL",
    });
    expect(bench.calls().flatMap(({ records }) => records)).toHaveLength(3);
  });

  it("answers in the place of a deployed load balancer", async () => {
    await bench.deploy({ name: "web", code: WEB, timeoutSeconds: 1 });
    await deployLoadBalancer(bench.emulator, "web");
    const running = await bench.start();
    doors = await openFrontDoor({ ...bench.emulator, runner: running, log: () => undefined });
    const url = doors.url(443);

    const created = await fetch(`${url}/orders?tag=a%20b`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"a":1}',
    });
    expect([created.status, created.headers.get("content-type")]).toEqual([201, "application/json"]);
    expect(await created.json()).toMatchObject({
      httpMethod: "POST",
      path: "/orders",
      queryStringParameters: { tag: "a%20b" },
      headers: { "x-forwarded-proto": "https", "x-forwarded-port": "443", "x-forwarded-for": "127.0.0.1" },
      body: '{"a":1}',
      isBase64Encoded: false,
    });
    const statuses = await Promise.all(
      ["/nonsense", "/throw", "/slow", "/teapot"].map(async (path) => (await fetch(url + path)).status),
    );
    // A function that runs into its own timeout is an error of the target: 502, not 504.
    expect(statuses).toEqual([502, 502, 502, 418]);
    const large = await fetch(url, { method: "POST", body: "x".repeat(1_048_577) });
    expect(large.status).toBe(413);

    const moved = await fetch(`${doors.url(80)}/a?b=c`, { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([301, "https://127.0.0.1/a?b=c"]);
    expect(running.functions()).toEqual(["web"]);
  });
});
