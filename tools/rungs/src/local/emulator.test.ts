import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type Emulator, listResources, readRunningEmulator, startEmulator } from "@landfall/local";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { call, clientsOf, configurationOf, deployFunction, zipOf } from "./deploy-function";

const VENV = resolve(__dirname, "../../../../dist/local/venv");
const PLACE = { venv: VENV, region: "eu-west-1", account: "123456789012" };

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

interface UploadEvent {
  readonly id: string;
  readonly detail: { readonly object: { readonly sequencer: string } };
}

const eventBridge = (emulator: Emulator, action: string, request: object): Promise<string> =>
  call(
    emulator,
    "events",
    { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSEvents.${action}` },
    JSON.stringify(request),
  );

describe("the emulator", () => {
  jest.setTimeout(60_000);

  let root: string;
  let announcement: string;
  let emulator: Emulator | undefined;
  let parent: ChildProcess | undefined;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "landfall-emulator-"));
    announcement = join(root, "dist", "local", "emulator.json");
  });
  afterEach(async () => {
    parent?.kill("SIGKILL");
    await emulator?.stop();
    emulator = undefined;
    rmSync(root, { recursive: true, force: true });
  });

  it("starts empty, announces itself, and leaves nothing when it stops", async () => {
    emulator = await startEmulator({ root, ...PLACE });

    expect(await listResources(emulator)).toEqual([]);
    expect(await readRunningEmulator(root)).toMatchObject({
      pid: emulator.pid,
      endpoint: emulator.endpoint,
      region: "eu-west-1",
      account: "123456789012",
      env: emulator.env,
      limits: "tools/local/emulator/limits.json",
    });

    await emulator.stop();
    expect(isAlive(emulator.pid)).toBe(false);
    expect(existsSync(announcement)).toBe(false);
    await emulator.stop();
  });

  it("lists what was made, and not what was deleted or was there from the start", async () => {
    emulator = await startEmulator({ root, ...PLACE });
    const { sqs } = clientsOf(emulator);
    await deployFunction(emulator, { name: "listed", code: "exports.handler = () => {}" });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "deleted" }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    const session = { RoleArn: "arn:aws:iam::123456789012:role/listed-role", RoleSessionName: "test" };
    await new STSClient(configurationOf(emulator)).send(new AssumeRoleCommand(session));

    expect(await listResources(emulator)).toEqual([
      "iam aws Role listed-role",
      "lambda eu-west-1 LambdaFunction listed",
      "logs eu-west-1 LogGroup arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/listed",
      "sqs eu-west-1 Queue listed",
      "sqs eu-west-1 Queue listed-dlq",
    ]);
  });

  it("refuses a second one for the same workspace", async () => {
    emulator = await startEmulator({ root, ...PLACE });

    await expect(startEmulator({ root, ...PLACE })).rejects.toThrow(
      `An emulator runs for this workspace already, at ${emulator.endpoint}. Next: end the command that started it (process ${emulator.pid}).`,
    );
  });

  it("removes the announcement of an emulator that is gone", async () => {
    mkdirSync(join(root, "dist", "local"), { recursive: true });
    // This process lives, but it answers nothing.
    writeFileSync(announcement, JSON.stringify({ pid: process.pid, endpoint: "http://127.0.0.1:9" }));

    expect(await readRunningEmulator(root)).toBeUndefined();
    expect(existsSync(announcement)).toBe(false);
  });

  it("says in one line that a port is taken", async () => {
    const server = createServer();
    await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
    const { port } = server.address() as { port: number };

    await expect(startEmulator({ root, ...PLACE, port })).rejects.toThrow(
      `Port ${port} is taken. Next: end what listens on it, or choose another port.`,
    );
    await new Promise((settle) => server.close(settle));
  });

  it("gives back the very zip that was deployed", async () => {
    emulator = await startEmulator({ root, ...PLACE });
    const code = "exports.handler = async () => 42;";
    await deployFunction(emulator, { name: "downloaded", code });

    const { lambda } = clientsOf(emulator);
    const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: "downloaded" }));
    const response = await fetch(Code?.Location ?? "");

    expect(Buffer.from(await response.arrayBuffer()).equals(zipOf(code))).toBe(true);
  });

  it("sends S3's events to the event bus in the shape that AWS documents, also with an archive and a TLS-only policy", async () => {
    emulator = await startEmulator({ root, ...PLACE });
    const { region, account } = emulator;
    const { sqs } = clientsOf(emulator);
    const s3 = new S3Client(configurationOf(emulator));
    await s3.send(new CreateBucketCommand({ Bucket: "documents" }));
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: "documents",
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      }),
    );
    const insecure = { Bool: { "aws:SecureTransport": "false" } };
    const refused = {
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: "*",
      Condition: insecure,
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [refused] });
    await s3.send(new PutBucketPolicyCommand({ Bucket: "documents", Policy }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "uploads" }));
    const bus = `arn:aws:events:${region}:${account}:event-bus/default`;
    await eventBridge(emulator, "CreateArchive", { ArchiveName: "all", EventSourceArn: bus });
    const pattern = { source: ["aws.s3"], "detail-type": ["Object Created"] };
    await eventBridge(emulator, "PutRule", { Name: "uploads", EventPattern: JSON.stringify(pattern) });
    const target = { Id: "queue", Arn: `arn:aws:sqs:${region}:${account}:uploads` };
    await eventBridge(emulator, "PutTargets", { Rule: "uploads", Targets: [target] });

    await s3.send(new PutObjectCommand({ Bucket: "documents", Key: "a b/ü.json", Body: "{}" }));
    await s3.send(new PutObjectCommand({ Bucket: "documents", Key: "second.json", Body: "{}" }));

    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    const events = Messages.map(({ Body = "" }) => JSON.parse(Body) as UploadEvent);
    expect(events[0]).toEqual({
      version: "0",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      "detail-type": "Object Created",
      source: "aws.s3",
      account,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region,
      resources: ["arn:aws:s3:::documents"],
      detail: {
        version: "0",
        bucket: { name: "documents" },
        object: {
          key: "a b/ü.json",
          size: 2,
          etag: "99914b932bd37a50b983c5e7c90ae93b",
          sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
        },
        "request-id": expect.any(String),
        requester: account,
        "source-ip-address": expect.any(String),
        reason: "PutObject",
      },
    });
    const sequencers = events.map(({ detail }) => detail.object.sequencer);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    expect(sequencers).toEqual([...new Set(sequencers)].sort());
  });

  it("outlives an interrupt in the terminal, but not the process that started it", async () => {
    parent = spawn(
      process.execPath,
      ["--import", "tsx", join(__dirname, "fixtures", "parent.ts"), root, VENV],
      { stdio: ["ignore", "pipe", "inherit"], detached: true },
    );
    const line = await new Promise<string>((settle, fail) => {
      parent?.stdout?.once("data", (data: Buffer) => settle(data.toString()));
      parent?.once("exit", (code) => fail(new Error(`The parent ended with ${code}`)));
    });
    const { emulator: server, functions } = JSON.parse(line) as { emulator: number; functions: number[] };
    // The terminal interrupts the whole group of the process that it runs.
    process.kill(-(parent.pid as number), "SIGINT");
    await new Promise((settle) => setTimeout(settle, 300));
    expect([server, ...functions].map(isAlive)).toEqual([true, true]);
    expect(await readRunningEmulator(root)).toMatchObject({ pid: server });

    parent.kill("SIGKILL");

    const deadline = Date.now() + 5000;
    while ([server, ...functions].some(isAlive) && Date.now() < deadline) {
      await new Promise((settle) => setTimeout(settle, 50));
    }
    expect([server, ...functions].map(isAlive)).toEqual([false, false]);
    expect(await readRunningEmulator(root)).toBeUndefined();
  });
});
