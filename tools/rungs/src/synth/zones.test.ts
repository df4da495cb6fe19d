import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceLines } from "@landfall/synth";
import { copyWorkspace, filesBelow, ROOT, synth, ZONES } from "../workspace";

jest.setTimeout(120_000);

interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

const outputs = new Map(ZONES.map((zone) => [zone, mkdtempSync(join(tmpdir(), `landfall-${zone}-`))]));
const copy = copyWorkspace();

beforeAll(() => {
  for (const [zone, out] of outputs)
    expect(synth(ROOT, "--zone", zone, "--out", out)).toMatchObject({ stderr: "", status: 0 });
});

afterAll(() => {
  for (const folder of [copy, ...outputs.values()]) rmSync(folder, { recursive: true, force: true });
});

const outputOf = (zone: string): string => outputs.get(zone) ?? "";
const stacksOf = (zone: string): Synthesized[] =>
  Object.entries(filesBelow(join(outputOf(zone), "stacks")))
    .filter(([file]) => file.endsWith("cdk.tf.json"))
    // A stack that makes nothing in a zone has no resources.
    .map(([, content]) => ({ resource: {}, ...(JSON.parse(content.toString()) as Partial<Synthesized>) }));
const all = (zone: string, type: string) =>
  stacksOf(zone).flatMap(({ resource }) => Object.values(resource[type] ?? {}));

describe.each(ZONES)("zone %s", (zone) => {
  it("is the same to the byte, bundles included, when it is synthesized in another folder", () => {
    const elsewhere = join(copy, "dist", "elsewhere", zone);
    expect(synth(copy, "--zone", zone, "--out", elsewhere)).toMatchObject({ stderr: "", status: 0 });
    const [here, there] = [join(outputOf(zone), "stacks"), join(elsewhere, "stacks")].map(filesBelow);
    expect(Object.keys(there ?? {})).toEqual(Object.keys(here ?? {}));
    for (const [file, content] of Object.entries(here ?? {})) {
      expect({ file, same: there?.[file]?.equals(content) }).toEqual({ file, same: true });
    }
  });

  it("is the same when its stacks are synthesized one at a time", () => {
    const whole = filesBelow(join(outputOf(zone), "stacks"));
    const { instances } = JSON.parse(readFileSync(join(outputOf(zone), "zone.json"), "utf8")) as {
      instances: { stack: string }[];
    };
    const parts = [...new Set(instances.map(({ stack }) => stack))].map((stack) => {
      const out = join(copy, "dist", "parts", zone, stack);
      expect(synth(ROOT, "--zone", zone, "--stack", stack, "--out", out)).toMatchObject({
        stderr: "",
        status: 0,
      });
      return filesBelow(join(out, "stacks"));
    });
    const found: Record<string, Buffer> = Object.assign({}, ...parts);
    expect(Object.keys(found).sort()).toEqual(Object.keys(whole).sort());
    for (const [file, content] of Object.entries(whole)) {
      expect({ file, same: found[file]?.equals(content) }).toEqual({ file, same: true });
    }
  });

  it("holds no path of this machine", () => {
    for (const [file, content] of Object.entries(filesBelow(join(outputOf(zone), "stacks")))) {
      expect({ file, leaks: content.includes(ROOT) || content.includes(tmpdir()) }).toEqual({
        file,
        leaks: false,
      });
    }
  });

  it("puts a permission boundary on every role", () => {
    const roles = all(zone, "aws_iam_role");
    expect(roles.length).toBeGreaterThan(0);
    expect(roles.filter((role) => !role.permissions_boundary)).toEqual([]);
  });

  it("keeps and encrypts every log group", () => {
    const groups = all(zone, "aws_cloudwatch_log_group");
    expect(groups.length).toBeGreaterThan(0);
    expect(groups.filter((group) => !group.retention_in_days || !group.kms_key_id)).toEqual([]);
  });

  it("guards every bucket", () => {
    const bucketsOf = (stack: Synthesized) =>
      Object.keys(stack.resource.aws_s3_bucket ?? {})
        .map((name) => `\${aws_s3_bucket.${name}.id}`)
        .sort();
    expect(stacksOf(zone).flatMap(bucketsOf).length).toBeGreaterThan(0);
    for (const guard of [
      "public_access_block",
      "policy",
      "versioning",
      "ownership_controls",
      "lifecycle_configuration",
      "server_side_encryption_configuration",
    ]) {
      for (const stack of stacksOf(zone)) {
        const guarded = Object.values(stack.resource[`aws_s3_bucket_${guard}`] ?? {}).map(
          ({ bucket }) => bucket,
        );
        expect({ guard, guarded: guarded.sort() }).toEqual({ guard, guarded: bucketsOf(stack) });
      }
    }
  });

  it("logs the accesses of every bucket but those that take such logs", () => {
    for (const stack of stacksOf(zone)) {
      const logged = Object.values(stack.resource.aws_s3_bucket_logging ?? {}).map(({ bucket }) => bucket);
      const silent = Object.entries(stack.resource.aws_s3_bucket ?? {}).filter(
        ([name]) => !logged.includes(`\${aws_s3_bucket.${name}.id}`),
      );
      for (const [, { bucket }] of silent) expect(bucket).toContain("-access-logs-");
    }
  });

  it("knows the line of TypeScript that made each resource", () => {
    const { resource } = JSON.parse(
      readFileSync(join(outputOf(zone), "stacks", `${zone}-network-eu-west-1`, "cdk.tf.json"), "utf8"),
    ) as Synthesized;
    const [vpc = ""] = Object.keys(resource.aws_vpc ?? {});
    const lines = sourceLines(outputOf(zone), `${zone}-network-eu-west-1`, `aws_vpc.${vpc}`);
    expect(lines.map((line) => line.replace(/\d+$/, "N"))).toEqual([
      "stacks/network/src/stack.ts:N",
      "libs/network/src/vpc.ts:N",
    ]);
    const text = (line = "") => {
      const [file = "", number = "0"] = line.split(":");
      return readFileSync(join(ROOT, file), "utf8").split("\n")[Number(number) - 1];
    };
    expect(text(lines[0])).toContain("new Vpc(this");
    expect(text(lines[1])).toContain("new AwsVpc(this");
  });
});

describe("cdktf.json", () => {
  it("names an app that synthesizes to where the CDKTF command line tool says", () => {
    const { app } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as { app: string };
    const outdir = join(copy, "dist", "cdktf");
    const [program = "", ...args] = app.split(" ");
    execFileSync(program, args, {
      cwd: ROOT,
      env: { ...process.env, CDKTF_OUTDIR: outdir },
      stdio: "ignore",
    });
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
      stacks: Record<string, { synthesizedStackPath: string; dependencies: string[] }>;
    };
    expect(stacks["local-intake-eu-west-1"]?.dependencies.sort()).toEqual([
      "local-bootstrap",
      "local-keys-eu-west-1",
      "local-logging-eu-west-1",
      "local-network-eu-west-1",
    ]);
    for (const { synthesizedStackPath } of Object.values(stacks)) {
      expect(existsSync(join(outdir, synthesizedStackPath))).toBe(true);
    }
  });
});

describe("growing a zone", () => {
  /** Synthesizes a zone of the copy after a change to its data, and nothing else. */
  function grown(zone: string, change: (data: string) => string): Record<string, Synthesized> {
    const file = join(copy, "libs", "zones", zone, "zone.ts");
    const before = readFileSync(file, "utf8");
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    const out = join(copy, "dist", "grown", zone);
    const result = synth(copy, "--zone", zone, "--out", out);
    writeFileSync(file, before);
    expect(result).toMatchObject({ stderr: "", status: 0 });
    return Object.fromEntries(
      Object.entries(filesBelow(join(out, "stacks")))
        .filter(([name]) => name.endsWith("cdk.tf.json"))
        .map(([name, content]) => [name.split("/")[0] ?? "", JSON.parse(content.toString()) as Synthesized]),
    );
  }
  const vpcsOf = (stacks: readonly Synthesized[]) =>
    stacks
      .flatMap(({ resource = {} }) => Object.values(resource.aws_vpc ?? {}).map((vpc) => vpc.cidr_block))
      .sort();

  it("by an account adds its stacks, and moves no network", () => {
    const second = `{ name: "second", id: "666666666666", email: "aws-second@example.com", duties: ["workload"] },\n  ],\n  production`;
    const stacks = grown("organization", (data) => data.replace(/\],\s+production/, second));
    for (const stack of ["keys", "logging", "security", "network", "intake"]) {
      expect(Object.keys(stacks)).toContain(`organization-${stack}-second-eu-west-1`);
    }
    expect(vpcsOf(Object.values(stacks))).toEqual(expect.arrayContaining(vpcsOf(stacksOf("organization"))));
    expect(vpcsOf(Object.values(stacks))).toHaveLength(vpcsOf(stacksOf("organization")).length + 2);
  });

  it("by a region adds the regional stacks there, and moves no network", () => {
    const stacks = grown("sandbox", (data) =>
      data.replace('home: "eu-west-1"', 'home: "eu-west-1", recovery: "eu-central-1"'),
    );
    for (const stack of ["keys", "logging", "security", "network", "intake"]) {
      expect(Object.keys(stacks)).toContain(`sandbox-${stack}-eu-central-1`);
    }
    expect(vpcsOf(Object.values(stacks))).toEqual(expect.arrayContaining(vpcsOf(stacksOf("sandbox"))));
    expect(vpcsOf(Object.values(stacks))).toHaveLength(2);
  });
});

describe("bad input", () => {
  it("names every problem of a zone at once and writes nothing", () => {
    const file = join(copy, "libs", "zones", "sandbox", "zone.ts");
    const good = readFileSync(file, "utf8");
    writeFileSync(
      file,
      good
        .replace(/account: "\d+"/, 'account: "12"')
        .replace(/"10\.68\.0\.0\/14"/, '"10.68.0.1/14"')
        .replace(/logDays: \d+/, "logDays: 2")
        .replace("domain:", "domian:"),
    );
    const out = join(copy, "dist", "bad");
    const { status, stderr } = synth(copy, "--zone", "sandbox", "--out", out);
    writeFileSync(file, good);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Zone 'sandbox' has 5 problems:\n/);
    for (const path of ["account", "network.block", "domain", "retention.logDays", "domian"]) {
      expect(stderr).toContain(`  '${path}' must be `);
    }
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [
      ["--zone", "sandbx"],
      "'zone' must be one of drill, local, organization, sandbox, standard, got: sandbx (did you mean 'sandbox'?)",
    ],
    [["--stack", "netwrk"], "got: netwrk (did you mean 'network'?)"],
    [["--zoen", "local"], "Unknown option '--zoen'"],
  ])("answers %j with one line that says what is allowed", (args, message) => {
    const { status, stderr } = synth(ROOT, ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("refuses a zone that is not named after its folder", () => {
    const file = join(copy, "libs", "zones", "sandbox", "zone.ts");
    const good = readFileSync(file, "utf8");
    writeFileSync(file, good.replace('name: "sandbox"', 'name: "sandpit"'));
    const { status, stderr } = synth(copy, "--zone", "sandbox", "--out", join(copy, "dist", "misnamed"));
    writeFileSync(file, good);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "libs/zones/sandbox/zone.ts:\n  'name' must be its folder's name, sandbox, got: \"sandpit\"\n",
    });
  });
});
