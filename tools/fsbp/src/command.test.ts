import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineZone } from "@landfall/core";
import { acceptedBy } from "./accepted";
import { command } from "./command";
import { Progress } from "./progress";
import { testFinder } from "./tests-of";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-fsbp-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const OPEN_PORT = {
  aws_vpc_security_group_ingress_rule: {
    ssh: {
      security_group_id: "sg-1",
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "tcp",
      from_port: 22,
      to_port: 22,
    },
  },
};

/** Writes resources as the Terraform JSON of the folder. */
const given = (resource: object) =>
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({ provider: { aws: { region: "eu-west-1" } }, resource }),
  );

async function run(...argv: readonly string[]) {
  let [out, error] = ["", ""];
  const code = await command(argv, {
    out: { write: (text) => (out += text) },
    error: { write: (text) => (error += text) },
  });
  return { code, out, error };
}

describe("landfall-fsbp", () => {
  it("exits with 0 where nothing is non-compliant", async () => {
    given({ aws_kms_key: { k: { enable_key_rotation: true } } });
    const { code, out, error } = await run(folder);
    expect(out).toMatch(/165 controls: 0 non-compliant/);
    expect([code, error]).toEqual([0, ""]);
  });

  it("exits with 1 where something is, and shows it", async () => {
    given(OPEN_PORT);
    const { code, out } = await run(folder);
    expect(code).toBe(1);
    expect(out).toMatch(/^CRITICAL {2}EC2\.19 .*aws_vpc_security_group_ingress_rule\.ssh/);
  });

  it("exits with 1 where an exception is wrong", async () => {
    given({ aws_kms_key: { k: { "//": { exceptions: [{ control: "KMS.5" }] } } } });
    expect((await run(folder)).code).toBe(1);
  });

  it("does not miss in an account what may be managed elsewhere, unless the input is whole", async () => {
    given({ aws_kms_key: { k: {} } });
    expect((await run(folder, "--control", "CloudTrail.1")).code).toBe(0);
    expect((await run(folder, "--control", "CloudTrail.1", "--whole")).code).toBe(1);
  });

  it("judges some controls only: by id, in any case, in lists, or by severity", async () => {
    given(OPEN_PORT);
    expect((await run(folder, "--control", "ec2.18,KMS.5", "--control", "S3.8")).out).toMatch(
      /^HIGH {6}EC2\.18[^]*\n3 controls/,
    );
    expect((await run(folder, "--severity", "critical")).out).not.toContain("EC2.18");
    expect((await run(folder, "--severity", "HIGH")).out).toContain("EC2.18");
  });

  it("writes the report and the ledger to files, whose folders it makes, and the counts to the terminal", async () => {
    given(OPEN_PORT);
    const [report, ledger] = [join(folder, "a/report.sarif"), join(folder, "b/ledger.json")];
    const { code, out } = await run(folder, "--format", "sarif", "--output", report, "--ledger", ledger);
    expect([code, out]).toEqual([1, expect.stringMatching(/^165 controls: 2 non-compliant[^\n]*\n$/)]);
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(JSON.parse(readFileSync(ledger, "utf8"))).toMatchObject({ summary: { "non-compliant": 2 } });
  });

  it("says how many resources are not judged, and judges the others", async () => {
    given({ ...OPEN_PORT, google_storage_bucket: { b: {} }, awscc_s3_bucket: { c: {} } });
    const { out } = await run(folder);
    expect(out).toContain(
      "note: 2 resources are not of the provider aws and are not judged: google_storage_bucket, awscc_s3_bucket",
    );
    expect(out).toContain("EC2.19");
  });

  it("shows how it is used", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, out: expect.stringContaining("--format FORMAT") });
  });

  it.each<[string, readonly string[], RegExp]>([
    ["no input", [], /^One folder or file is judged at a time, got: none\n$/],
    ["two inputs", ["a", "b"], /got: a, b\n$/],
    ["an input that is not there", ["nowhere"], /^There is no nowhere\n$/],
    [
      "an option that there is not",
      ["x", "--formt", "json"],
      /^There is no option --formt \(did you mean --format\?\)\n$/,
    ],
    ["an option like none", ["x", "--quiet"], /^There is no option --quiet; see --help\n$/],
    ["an option without its value", ["x", "--format"], /^[^\n]*--format[^\n]*\n$/],
    [
      "a format that there is not",
      ["x", "--format=jsn"],
      /'format' must be one of table, .*got: jsn \(did you mean json\?\)\n$/,
    ],
    [
      "a control that there is not",
      ["x", "--control", "S3.88"],
      /'control' must be one of the standard's ids, got: S3\.88 \(did you mean S3\.8\?\)\n$/,
    ],
    ["a severity that there is not", ["x", "--severity", "hgih"], /got: hgih \(did you mean HIGH\?\)\n$/],
  ])("exits with 2 and one line for %s", async (_, argv, message) => {
    const { code, out, error } = await run(...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toMatch(message);
  });

  it("exits with 2 where the report can't be written", async () => {
    given({});
    const { code, error } = await run(folder, "--output", join(folder, "main.tf.json", "x"));
    expect(code).toBe(2);
    expect(error).toMatch(/can't be written: [^\n]*\n$/);
  });

  it("passes an output folder of synth without an instance: the zone has no such stack", async () => {
    const zone = { services: {}, network: { interfaceEndpoints: [] }, production: true };
    writeFileSync(join(folder, "zone.json"), JSON.stringify({ zone, instances: [] }));
    const { code, out } = await run(folder);
    expect(out).toContain("note: the zone has no instance of this stack");
    expect(code).toBe(0);
  });

  it("takes a folder with a zone.json of somebody else's for any folder", async () => {
    given(OPEN_PORT);
    for (const content of ["{}", "no JSON"]) {
      writeFileSync(join(folder, "zone.json"), content);
      expect((await run(folder)).code).toBe(1);
    }
  });
});

describe("progress", () => {
  const shown = (resources: number, isTTY: boolean): string => {
    let text = "";
    const progress = new Progress({ isTTY, write: (more) => (text += more) }, resources);
    progress.step(3, 148);
    progress.end();
    return text;
  };

  it("is shown on a terminal for much, and cleared at the end", () => {
    expect(shown(10_000, true)).toMatch(/Judging 10000 resources: 3 of 148 controls\r\u001B\[K$/);
  });

  it("is not shown for little, nor where nobody looks", () => {
    expect([shown(100, true), shown(10_000, false)]).toEqual(["", ""]);
  });
});

describe("what a zone does without", () => {
  const zone = (change: object) =>
    defineZone({
      name: "test",
      account: "123456789012",
      regions: { home: "eu-west-1" },
      network: { block: "10.0.0.0/14" },
      domain: "test.example.com",
      retention: { logDays: 30, archiveDays: 365 },
      contacts: { security: "security@example.com" },
      ...change,
    });

  it("is nothing in production, whatever it switches off", () => {
    expect(acceptedBy(zone({ production: true, services: { macie: false } })).size).toBe(0);
  });

  it("is what costs money elsewhere: services and endpoints that it does not have", () => {
    const accepted = acceptedBy(
      zone({ services: { guardDuty: true }, network: { block: "10.0.0.0/14", interfaceEndpoints: ["ssm"] } }),
    );
    expect(accepted.get("Macie.1")).toBe("zone 'test' is not for production, and 'services.macie' is off");
    expect([...accepted.keys()]).toEqual(expect.arrayContaining(["Inspector.4", "EC2.10"]));
    expect(accepted.has("GuardDuty.1")).toBe(false);
    expect(accepted.has("EC2.57")).toBe(false);
    expect(accepted.has("S3.8")).toBe(false);
  });

  it("is what keeps a disposable zone's data", () => {
    expect([...acceptedBy(zone({ production: true, disposable: true })).keys()]).toEqual([
      "DynamoDB.6",
      "ELB.6",
    ]);
  });
});

describe("testFinder", () => {
  const testsOf = testFinder();

  it("finds the tests of a rule, and the one beside a construct", () => {
    expect(testsOf("DynamoDB.1")).toEqual(["libs/fsbp/src/rules/dynamodb.test.ts"]);
    expect(testsOf("libs/storage/src/bucket.ts")).toEqual(["libs/storage/src/bucket.test.ts"]);
  });

  it("finds none where there is none", () => {
    expect(testsOf("IAM.3")).toEqual([]);
    expect(testsOf("libs/none/src/x.ts")).toEqual([]);
  });
});
