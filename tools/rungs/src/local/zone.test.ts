import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { DRILL_RETRY_SECONDS, drillOrders } from "@landfall/drill";
import { type BatchResult, listResources } from "@landfall/local";
import {
  IntakeSamples,
  LocalZone,
  OrdersSamples,
  published,
  SentinelSamples,
  type Stage,
  TokenIssuer,
} from "@landfall/local/zone";
import { stacksIn } from "@landfall/nx-terraform";
import { ROOT } from "../workspace";
import { DrillZone } from "./drill-zone";
import { hostileRequests, SECRET, send } from "./hostile-requests";

/** Deploying twice, planning, using and destroying the zone takes minutes: the provider waits for AWS to settle. */
jest.setTimeout(20 * 60_000);

/** A parameter that the network stack will publish: while somebody else holds its name, the stack can't be deployed. */
const TAKEN = "/landfall/local/network/vpcId";

/** The stacks that do not wait for it. */
const OTHERS = ["bootstrap", "identity", "keys", "logging", "security"];

/** The stacks of the zone: a single account has no organization. */
const STACKS = stacksIn(ROOT).filter((stack) => stack !== "organization");

const [HOME, RECOVERY] = ["eu-west-1", "eu-central-1"];

/** Real milliseconds for a second of the drill: a health endpoint that keeps its answer needs real time. */
const DRILL_MS = 600;

const lines: string[] = [];
const drillLines: string[] = [];
const drillZone = new DrillZone();
const { signal } = new AbortController();
let zone: LocalZone;
let ssm: SSMClient;

beforeAll(async () => {
  zone = await LocalZone.open({ say: (line) => lines.push(line), signal });
  await zone.synth();
  await zone.start();
  drillZone.begin((line) => drillLines.push(line), signal);
  const { endpoint, region } = zone.emulator;
  ssm = new SSMClient({ endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
});

afterAll(async () => {
  ssm?.destroy();
  await zone?.close();
  await drillZone.close();
});

/** Runs what is deployed: the caller stops it. */
async function open(onInvocation?: (result: BatchResult) => void): Promise<Stage> {
  const running = await zone.run(onInvocation);
  return { address: zone.emulator, zone: zone.name, regions: zone.regions, running, signal };
}

/** One story in one zone: each step needs the one before. */
describe("the local zone", () => {
  it("names the resource and its line of TypeScript when a stack fails, and stops only what depends on it", async () => {
    await ssm.send(new PutParameterCommand({ Name: TAKEN, Value: "someone's", Type: "String" }));
    await expect(zone.deploy()).rejects.toThrow("failed.");
    const text = lines.join("\n");
    expect(text).toMatch(
      /network +deploy failed: aws_ssm_parameter\.Contract_vpcId_\w+: .*ParameterAlreadyExists/,
    );
    expect(text).toMatch(/at stacks\/network\/src\/stack\.ts:\d+/);
    for (const stack of OTHERS) {
      expect(text).toMatch(new RegExp(`^${stack} +deployed: `, "m"));
    }
    // What waits for the network is not begun.
    expect(text).not.toMatch(/^(?:delivery|dns|intake|orders|sentinel) /m);
  });

  it("continues where it stopped once the cause is mended", async () => {
    await ssm.send(new DeleteParameterCommand({ Name: TAKEN }));
    lines.length = 0;
    const deployed = await zone.deploy();
    const text = lines.join("\n");
    for (const stack of OTHERS) {
      expect(text).toMatch(new RegExp(`^${stack} +unchanged since the last deploy`, "m"));
    }
    expect(deployed.map(({ stack }) => stack).sort()).toEqual(STACKS);
    for (const { stack, resources, applied, notEmulated } of deployed) {
      expect({ stack, applied: applied + notEmulated.length }).toEqual({ stack, applied: resources });
    }
    const sum = (of: (result: (typeof deployed)[number]) => number) =>
      deployed.reduce((total, result) => total + of(result), 0);
    expect(sum(({ applied }) => applied) / sum(({ resources }) => resources)).toBeGreaterThanOrEqual(0.85);
  });

  it("plans no change after the deploy", async () => {
    const plans = await zone.plan();
    expect(plans.map(({ stack, add, change, destroy }) => ({ stack, add, change, destroy }))).toEqual(
      STACKS.map((stack) => ({ stack, add: 0, change: 0, destroy: 0 })),
    );
  });

  it("lets every app do its work, to the end of each event's path", async () => {
    const apps = [new IntakeSamples(), new OrdersSamples(), new SentinelSamples()] as const;
    const [intake, orders, sentinel] = apps;
    const stage = await open((result) => apps.forEach((app) => app.note(result)));
    for (const app of apps) {
      const results = await app.run(stage);
      expect(results.map(({ what, outcome }) => ({ what, outcome }))).toEqual(
        results.map(({ what, expected }) => ({ what, outcome: expected })),
      );
      const traced = results.filter(({ traceId }) => /^1-[0-9a-f]{8}-[0-9a-f]{24}$/.test(traceId ?? ""));
      expect(traced.length).toBeGreaterThan(0);
    }
    expect(await stage.running.idle()).toBe(true);
    await stage.running.stop();
    expect(Object.fromEntries(intake.metrics)).toMatchObject({
      DocumentsCatalogued: 3,
      DocumentsDeduplicated: 1,
      DocumentsRefused: 1,
    });
    expect(Object.fromEntries(orders.metrics)).toMatchObject({
      OrdersAccepted: 1,
      OrdersReplayed: 1,
      OrdersPublished: 1,
      OrdersFulfilled: 1,
      RequestsRefused: 1,
    });
    // Had it heard of anything but the one call, it would have refused that.
    expect(Object.fromEntries(sentinel.metrics)).toMatchObject({ Repaired: 1 });
    expect(sentinel.metrics.has("MessagesRefused")).toBe(false);
  });

  it("answers hostile requests with the right status, and tells no log of them", async () => {
    const stage = await open();
    const value = await published(stage, "orders");
    const { url } = stage.running.door(value("loadBalancerDnsName"));
    const issuer = await TokenIssuer.register(stage);
    const log = join(ROOT, "dist", "local", "functions", "eu-west-1", `${value("apiFunctionName")}.log`);
    const before = existsSync(log) ? statSync(log).size : 0;

    for (const request of hostileRequests(issuer)) {
      const { status, text } = await send(url, request);
      expect({ title: request.title, status }).toEqual({ title: request.title, status: request.status });
      if (request.error !== undefined) expect(JSON.parse(text)).toMatchObject({ error: request.error });
      expect(text).not.toContain(SECRET);
    }
    await stage.running.stop();

    const written = readFileSync(log).subarray(before).toString("utf8");
    expect(written).toContain('"reason":"unauthorized"');
    for (const told of [SECRET, "張偉", "St James", "Ada", "Bearer"]) expect(written).not.toContain(told);
  });

  it("dead-letters what it can't take, each with its reason, at the first try", async () => {
    const folder = mkdtempSync(join(tmpdir(), "landfall-refused-"));
    const refused: Record<string, { readonly content: string | Buffer; readonly reason: string }> = {
      "picture.png": { content: Buffer.from([0x89, 0x50, 0x4e, 0x47]), reason: "unsupported-type" },
      "picture.json": { content: Buffer.from([0x89, 0x50, 0x00, 0x47]), reason: "binary-content" },
      "huge.csv": { content: "title,author,issued\n".repeat(60_000), reason: "too-large" },
      "extra.json": {
        content: JSON.stringify({ title: "T", author: "A", issued: "2026-01-01", password: "p" }),
        reason: "unknown-field",
      },
      "undated.csv": { content: "title,author,issued\nT,A,yesterday\n", reason: "invalid-field" },
    };
    for (const [file, { content }] of Object.entries(refused)) writeFileSync(join(folder, file), content);
    const samples = Object.keys(refused).map((file) => ({ file, expected: "dead-lettered" }) as const);
    const intake = new IntakeSamples(folder, samples);
    let records = 0;
    const stage = await open((result) => {
      if (result.function.startsWith("local-intake-")) records += result.records;
      intake.note(result);
    });
    const results = await intake.run(stage);
    expect(await stage.running.idle()).toBe(true);
    await stage.running.stop();
    rmSync(folder, { recursive: true });
    expect(Object.fromEntries(results.map(({ what, reason }) => [what, reason]))).toEqual(
      Object.fromEntries(Object.entries(refused).map(([file, { reason }]) => [file, reason])),
    );
    expect(records).toBe(samples.length);
  });

  it("fails over to the recovery region and back, with no order lost", async () => {
    const two = await drillZone.ready();
    const running = await two.run(undefined, DRILL_RETRY_SECONDS);
    const stage = { address: two.emulator, zone: two.name, regions: two.regions, running, signal };
    const report = await drillOrders(stage, () => undefined, { millisecondsPerSecond: DRILL_MS });
    await running.stop();
    expect(report.regions).toEqual({ before: HOME, "failed over": RECOVERY, back: HOME });
    expect(report).toMatchObject({ accepted: 9, missing: 0, unfulfilled: 0, allowedSeconds: 30 });
    // The health endpoint keeps its answer for five seconds, which here are longer than ten.
    for (const seconds of [report.failoverSeconds, report.recoverySeconds]) {
      expect(seconds).toBeGreaterThanOrEqual(30);
      expect(seconds).toBeLessThanOrEqual(40);
    }
  });

  it("is destroyed to the last resource, in one region and in two", async () => {
    const two = await drillZone.ready();
    for (const each of [zone, two]) expect((await listResources(each.emulator)).length).toBeGreaterThan(0);
    await Promise.all([zone.destroy(), two.destroy()]);
    for (const each of [zone, two]) expect(await listResources(each.emulator)).toEqual([]);
  });
});
