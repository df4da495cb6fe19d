import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { listResources } from "@landfall/local";
import { IntakeSamples, LocalZone, SAMPLES, type SampleResult } from "@landfall/local/zone";
import { stacksIn } from "@landfall/nx-terraform";
import { ROOT } from "../workspace";

/** Deploying twice, planning, using and destroying the zone takes minutes: the provider waits for AWS to settle. */
jest.setTimeout(20 * 60_000);

/** A parameter that the network stack will publish: while somebody else holds its name, the stack can't be deployed. */
const TAKEN = "/landfall/local/network/vpcId";

/** The stacks that do not wait for it. */
const OTHERS = ["bootstrap", "identity", "keys", "logging", "security"];

/** The stacks of the zone: a single account has no organization. */
const STACKS = stacksIn(ROOT).filter((stack) => stack !== "organization");

const lines: string[] = [];
const { signal } = new AbortController();
let zone: LocalZone;
let ssm: SSMClient;

beforeAll(async () => {
  zone = await LocalZone.open({ say: (line) => lines.push(line), signal });
  await zone.synth();
  await zone.start();
  const { endpoint, region } = zone.emulator;
  ssm = new SSMClient({ endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
});

afterAll(async () => {
  ssm?.destroy();
  await zone?.close();
});

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
    expect(text).not.toMatch(/^(?:dns|intake) /m);
  });

  it("continues where it stopped once the cause is mended", async () => {
    await ssm.send(new DeleteParameterCommand({ Name: TAKEN }));
    lines.length = 0;
    const deployed = await zone.deploy();
    const text = lines.join("\n");
    for (const stack of OTHERS) {
      expect(text).toMatch(new RegExp(`^${stack} +nothing to deploy: no changes`, "m"));
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

  it("brings every document to its end, and loses none", async () => {
    const intake = new IntakeSamples(zone.emulator, join(ROOT, "apps", "intake", "samples"));
    const runner = await zone.runFunctions((result) => intake.note(result));
    const results = await intake.run(signal);
    expect(results.map(({ file, outcome }) => ({ file, outcome }))).toEqual(
      SAMPLES.map(({ file, expected }) => ({ file, outcome: expected })),
    );
    const refused = results.filter((result: SampleResult) => result.outcome === "dead-lettered");
    expect(refused.map(({ reason }) => reason)).toEqual(["malformed-json"]);
    expect(results.every(({ traceId }) => /^1-[0-9a-f]{8}-[0-9a-f]{24}$/.test(traceId ?? ""))).toBe(true);
    expect(Object.fromEntries(intake.metrics)).toMatchObject({
      DocumentsCatalogued: 3,
      DocumentsDeduplicated: 1,
      DocumentsRefused: 1,
    });
    expect(await runner.idle()).toBe(true);
    await runner.stop();
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
    const intake = new IntakeSamples(zone.emulator, folder, samples);
    let records = 0;
    const runner = await zone.runFunctions((result) => {
      records += result.records;
      intake.note(result);
    });
    const results = await intake.run(signal);
    expect(await runner.idle()).toBe(true);
    await runner.stop();
    rmSync(folder, { recursive: true });
    expect(Object.fromEntries(results.map(({ file, reason }) => [file, reason]))).toEqual(
      Object.fromEntries(Object.entries(refused).map(([file, { reason }]) => [file, reason])),
    );
    expect(records).toBe(samples.length);
  });

  it("is destroyed to the last resource", async () => {
    expect((await listResources(zone.emulator)).length).toBeGreaterThan(0);
    await zone.destroy();
    expect(await listResources(zone.emulator)).toEqual([]);
  });
});
