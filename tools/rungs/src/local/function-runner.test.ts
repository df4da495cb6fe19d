import { DescribeLogStreamsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { clientsOf, zipOf } from "./deploy-function";
import { type Call, OBEDIENT, RunnerBench } from "./runner-bench";

describe("the runner of deployed functions", () => {
  jest.setTimeout(60_000);

  const bench = new RunnerBench();
  beforeAll(() => bench.open());
  afterAll(() => bench.close());
  afterEach(() => bench.reset());

  it("deletes what is done and keeps exactly the message that failed", async () => {
    const workload = await bench.deploy({
      name: "partial",
      visibilityTimeoutSeconds: 5,
    });
    await bench.send(workload, { id: 1 }, { id: 2, fail: true }, { id: 3 });
    await workload.map();

    const first = await bench.start();
    await bench.until(() => bench.results.length > 0);
    await first.stop();

    expect(bench.results).toMatchObject([
      { function: "partial", records: 3, failures: 1, end: { ok: true } },
    ]);
    expect(await bench.receive(workload.queueUrl)).toEqual([]);
    const waiting = await bench.start({ retryDelaySeconds: 0 });
    expect(await waiting.idle({ timeoutSeconds: 1 })).toBe(false);
    await bench.until(() => bench.results.length > 1);
    expect(
      bench
        .calls()
        .at(-1)
        ?.records.map(({ body }) => JSON.parse(body) as unknown),
    ).toEqual([{ id: 2, fail: true }]);
  });

  it("dead-letters poison after as many receives as the queue allows, and loses nothing else", async () => {
    const workload = await bench.deploy({ name: "poison", maxReceiveCount: 3 });
    await bench.send(workload, { id: 1, fail: true }, { id: 2 });
    await workload.map();

    const running = await bench.start({ retryDelaySeconds: 0 });
    expect(await running.idle({ timeoutSeconds: 30 })).toBe(true);

    const receiveCounts = bench
      .calls()
      .flatMap(({ records }) => records)
      .filter(({ body }) => body.includes("fail"))
      .map(({ attributes }) => attributes["ApproximateReceiveCount"]);
    expect(receiveCounts).toEqual(["1", "2", "3"]);
    expect(await bench.receive(workload.deadLetterQueueUrl)).toEqual([{ id: 1, fail: true }]);
    expect(await bench.receive(workload.queueUrl)).toEqual([]);
  });

  it("kills a function at its timeout; its message comes back and the next environment is a fresh one", async () => {
    const workload = await bench.deploy({
      name: "late",
      timeoutSeconds: 1,
      batchSize: 1,
    });
    await workload.map();
    const running = await bench.start({ retryDelaySeconds: 0, maxConcurrency: 1 });

    await bench.send(workload, { hang: true });
    await bench.until(() => bench.results.length === 1);
    await bench.send(workload, { id: 1 });
    expect(await running.idle({ timeoutSeconds: 30 })).toBe(true);

    expect(bench.results[0]).toMatchObject({
      records: 1,
      failures: 1,
      error: "Task timed out after 1.00 seconds",
    });
    expect(bench.results[0]?.durationMs).toBeGreaterThan(950);
    expect(bench.results[0]?.durationMs).toBeLessThan(2000);
    expect(bench.results.filter(({ error }) => error !== undefined)).toHaveLength(3);
    expect(bench.calls()).toMatchObject([{ calls: 1 }]);
    expect(await bench.receive(workload.deadLetterQueueUrl)).toEqual([{ hang: true }]);
  });

  it("survives a crash and an exception, each of which fails its whole batch", async () => {
    const workload = await bench.deploy({ name: "crash", maxReceiveCount: 1 });
    await workload.map();
    const running = await bench.start({ retryDelaySeconds: 0 });

    await bench.send(workload, { exit: true });
    expect(await running.idle()).toBe(true);
    await bench.send(workload, { throw: true });
    expect(await running.idle()).toBe(true);
    await bench.send(workload, { id: 1 });
    expect(await running.idle()).toBe(true);

    await bench.send(workload, { exitSoon: true });
    expect(await running.idle()).toBe(true);
    await new Promise((settle) => setTimeout(settle, 300));
    await bench.send(workload, { id: 2 });
    expect(await running.idle()).toBe(true);

    expect(bench.results.map(({ error, coldStart }) => [error, coldStart])).toEqual([
      ["Runtime exited with error: exit status 3", true],
      ["TypeError: no such order", true],
      [undefined, false],
      [undefined, false],
      [undefined, true],
    ]);
    expect(await bench.receive(workload.deadLetterQueueUrl)).toHaveLength(2);
  });

  it("says why the code can't be loaded", async () => {
    const workload = await bench.deploy({
      name: "broken",
      code: "throw new RangeError('bad')",
      maxReceiveCount: 1,
    });
    await workload.map();
    const running = await bench.start({ retryDelaySeconds: 0 });

    await bench.send(workload, { id: 1 });
    expect(await running.idle()).toBe(true);

    expect(bench.results).toMatchObject([{ error: "Init failed: RangeError: bad", failures: 1 }]);
  });

  it("gives a function its own environment, its role's credentials, and nothing of ours", async () => {
    process.env["LANDFALL_TEST_SECRET"] = "ours";
    const environment = { TABLE: "catalogue", NODE_OPTIONS: "--enable-source-maps" };
    const workload = await bench.deploy({
      name: "env",
      environment,
      timeoutSeconds: 7,
    });
    await bench.send(workload, { id: 1 });
    await workload.map();
    const running = await bench.start();
    expect(await running.idle()).toBe(true);
    delete process.env["LANDFALL_TEST_SECRET"];

    const [{ env, context, remaining }] = bench.calls() as [Call];
    expect(Object.keys(env).sort()).toEqual(
      [
        ...[
          "TABLE",
          "NODE_OPTIONS",
          "PATH",
          "LANG",
          "TZ",
          "_HANDLER",
          "LAMBDA_TASK_ROOT",
          "_X_AMZN_TRACE_ID",
        ],
        ...[
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
        ],
        ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
        ...["AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_LOG_FORMAT"],
        ...["AWS_EXECUTION_ENV", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_XRAY_CONTEXT_MISSING"],
        ...["AWS_XRAY_DAEMON_ADDRESS", "_AWS_XRAY_DAEMON_ADDRESS", "_AWS_XRAY_DAEMON_PORT"],
        ...["AWS_ENDPOINT_URL", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"],
        "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED",
      ].sort(),
    );
    expect(env).toMatchObject({
      ...environment,
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_ENDPOINT_URL: bench.emulator.endpoint,
      TZ: ":UTC",
    });
    expect(context).toMatchObject({
      functionName: "env",
      functionVersion: "$LATEST",
      memoryLimitInMB: "128",
      logGroupName: "/aws/lambda/env",
      awsRequestId: bench.results[0]?.requestId,
      invokedFunctionArn: `arn:aws:lambda:eu-west-1:${bench.emulator.account}:function:env`,
    });
    expect(remaining).toBeGreaterThan(5000);
    expect(remaining).toBeLessThanOrEqual(7000);

    const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN = "" } = env;
    const credentials = {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    };
    const { endpoint, region, account } = bench.emulator;
    const { Arn } = await new STSClient({ endpoint, region, credentials }).send(
      new GetCallerIdentityCommand({}),
    );
    expect(Arn).toBe(`arn:aws:sts::${account}:assumed-role/env-role/env`);
  });

  it("keeps an environment warm, and replaces it when new code is deployed and its work is done", async () => {
    const workload = await bench.deploy({ name: "warm" });
    await workload.map();
    const running = await bench.start();

    await bench.send(workload, { id: 1 });
    expect(await running.idle()).toBe(true);
    await bench.send(workload, { id: 2 });
    expect(await running.idle()).toBe(true);
    expect(bench.calls().map((call) => call.calls)).toEqual([1, 2]);
    expect(bench.results.map(({ coldStart, initMs }) => [coldStart, typeof initMs])).toEqual([
      [true, "number"],
      [false, "undefined"],
    ]);
    const [before] = running.pids();

    const { lambda } = clientsOf(bench.emulator);
    const changed = OBEDIENT.replace('kind: "call"', 'kind: "changed"');
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "warm", ZipFile: zipOf(changed) }));
    await bench.send(workload, { id: 2.5, sleep: 1000 });
    await new Promise((settle) => setTimeout(settle, 500));
    await running.refresh();
    expect(bench.calls().at(-1)?.calls).toBe(3);
    await bench.send(workload, { id: 3 });
    expect(await running.idle()).toBe(true);
    expect(bench.results.at(-1)?.logs).toMatchObject([{ kind: "changed", calls: 1 }]);
    expect(running.pids()).not.toContain(before);
  });

  it("runs as many invocations at once as are reserved, and no more", async () => {
    const workload = await bench.deploy({
      name: "reserved",
      reservedConcurrency: 2,
      batchSize: 1,
    });
    await bench.send(workload, ...Array.from({ length: 6 }, (_, id) => ({ id, sleep: 300 })));
    await workload.map();

    const running = await bench.start({ maxConcurrency: 10 });
    expect(await running.idle()).toBe(true);

    const overlaps = bench
      .calls()
      .map(
        ({ startedAt }) =>
          bench.calls().filter((other) => other.startedAt <= startedAt && startedAt < other.endedAt).length,
      );
    expect(overlaps).toHaveLength(6);
    expect(Math.max(...overlaps)).toBe(2);
    expect(new Set(bench.calls().map(({ pid }) => pid)).size).toBe(2);
  });

  it("writes what a function prints to its log group, and reads metrics and traces", async () => {
    const workload = await bench.deploy({ name: "observed" });
    const metric = {
      _aws: {
        Timestamp: 1,
        CloudWatchMetrics: [{ Namespace: "L", Dimensions: [[]], Metrics: [{ Name: "Done" }] }],
      },
      Done: 2,
    };
    await bench.send(
      workload,
      { print: JSON.stringify(metric) },
      { print: "plain words" },
      { segment: "write" },
    );
    await workload.map();
    const running = await bench.start();
    expect(await running.idle()).toBe(true);

    expect(bench.results[0]?.metrics).toEqual({ Done: 2 });
    expect(running.segments(bench.results[0]?.traceId ?? "")).toMatchObject([{ name: "write" }]);
    const { logs } = clientsOf(bench.emulator);
    const names = { logGroupName: workload.logGroup };
    const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand(names));
    const { events = [] } = await logs.send(
      new GetLogEventsCommand({ ...names, logStreamName: logStreams[0]?.logStreamName }),
    );
    const messages = events.map(({ message = "" }) => message);
    expect(messages[0]).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/);
    expect(messages).toContain("plain words");
    expect(messages.at(-2)).toMatch(/^END RequestId: /);
    expect(messages.at(-1)).toMatch(
      /^REPORT RequestId: .*\tDuration: [\d.]+ ms\t.*\tInit Duration: [\d.]+ ms\tXRAY TraceId: 1-/,
    );
    expect(existsSync(join(bench.root, "functions", "observed.log"))).toBe(true);
  });

  it("has every line of an invocation when that is over", async () => {
    const workload = await bench.deploy({ name: "talkative", batchSize: 1 });
    await bench.send(workload, ...Array.from({ length: 5 }, () => ({ lines: 2000 })));
    await workload.map();
    const running = await bench.start();
    expect(await running.idle()).toBe(true);

    const counts = bench.results.map(({ logs }) => logs.filter((log) => "line" in log).length);
    expect(counts).toEqual([2000, 2000, 2000, 2000, 2000]);
    expect(bench.calls()).toHaveLength(5);
  });

  it("ends the functions' processes when it stops, even busy ones", async () => {
    const workload = await bench.deploy({ name: "stopped", timeoutSeconds: 60 });
    await bench.send(workload, { hang: true });
    await workload.map();
    const running = await bench.start();
    await bench.until(() => running.pids().length > 0);
    const [pid = 0] = running.pids();

    await running.stop();

    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect(bench.results).toEqual([]);
  });
});
