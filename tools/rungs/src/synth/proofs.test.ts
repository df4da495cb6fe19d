import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEPLOYABLE_TYPES } from "@landfall/identity";
import {
  attackResults,
  mistakes,
  needResults,
  readZone,
  type RowResult,
  trustOf,
} from "@landfall/permissions";
import {
  ingressViolations,
  isolationViolations,
  lockedDefaults,
  readZone as readNetwork,
  weakenings,
} from "@landfall/reachability";
import { generatedPages } from "../documents";
import { ROOT, synth, ZONES } from "../workspace";

jest.setTimeout(180_000);

const outputs = new Map(ZONES.map((zone) => [zone, mkdtempSync(join(tmpdir(), `landfall-proof-${zone}-`))]));
const outputOf = (zone: string): string => outputs.get(zone) ?? "";

beforeAll(() => {
  for (const [zone, out] of outputs)
    expect(synth(ROOT, "--zone", zone, "--out", out)).toMatchObject({ stderr: "", status: 0 });
});
afterAll(() => {
  for (const folder of outputs.values()) rmSync(folder, { recursive: true, force: true });
});

/** The zones with a pipeline. */
const PIPELINES = ["local", "organization", "standard"];

/** What is tried on a pipeline. */
const OF_PIPELINES = [
  "apply-plan",
  "approve-deploy",
  "approve-for-people",
  "change-pipeline",
  "deploy-another-zone",
  "forge-plan",
  "forge-verified",
  "hand-on-artifacts",
  "lose-artifacts",
  "plan-another-zone",
  "poison-cache",
  "read-artifacts-of-a-proposal",
  "replace-cached",
  "run-pipeline",
  "stage-log",
  "take-plan",
  "use-cache",
];

/** Terraform JSON, as far as these tests change it. */
interface Stack {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

/** A copy of a zone's output in which one stack is changed. */
function changed(zone: string, stack: string, change: (json: Stack) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "landfall-changed-"));
  outputs.set(folder, folder);
  cpSync(outputOf(zone), folder, { recursive: true });
  const file = join(folder, "stacks", stack, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8")) as Stack;
  change(json);
  writeFileSync(file, JSON.stringify(json));
  return folder;
}

describe.each(ZONES)("the permissions of zone %s", (name) => {
  let attacks: readonly RowResult[];
  let needs: readonly RowResult[];

  beforeAll(async () => {
    const zone = readZone(outputOf(name));
    attacks = await attackResults(zone);
    needs = await needResults(zone);
  });

  it("let no role do what none may, each denied by the wall that stands for it", () => {
    expect(attacks.length).toBeGreaterThan(40);
    expect(mistakes(attacks)).toEqual([]);
  });

  it("let every role do its work", () => {
    expect(mistakes(needs)).toEqual([]);
  });

  it("are tried on everything that the zone has", () => {
    const untried = [...attacks, ...needs].filter(({ status }) => status === "untried").map(({ id }) => id);
    const absent = [
      "read-foreign-secret",
      ...(name === "organization" ? [] : ["change-controls"]),
      // Nothing is signed in the zones as they are: see signing.test.ts.
      "sign-code",
      "have-code-signed",
      ...(PIPELINES.includes(name) ? [] : OF_PIPELINES),
      // Another zone than its own is delivered by the pipeline of `standard` alone.
      ...(name === "standard" || !PIPELINES.includes(name) ? [] : ["plan-another-zone"]),
    ];
    expect(untried.sort()).toEqual(absent.sort());
  });

  it("are held by nobody whom a role's trust should not let in", () => {
    expect(trustOf(readZone(outputOf(name))).flatMap(({ problems }) => problems)).toEqual([]);
  });

  it("let the deploy role make every type of resource that it deploys", () => {
    const types = readdirSync(join(outputOf(name), "stacks"))
      .filter((stack) => !/-(bootstrap|delivery)/.test(stack))
      .flatMap((stack) => {
        const file = join(outputOf(name), "stacks", stack, "cdk.tf.json");
        return Object.keys((JSON.parse(readFileSync(file, "utf8")) as Partial<Stack>).resource ?? {});
      });
    expect([...new Set(types)].filter((type) => !DEPLOYABLE_TYPES.includes(type))).toEqual([]);
  });
});

describe("a permission that opens a wall", () => {
  const identityPolicy = (Action: string, Resource = "*") =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "Opened", Effect: "Allow", Action, Resource }],
    });

  it.each([
    ["a function that reads any bucket", "s3:GetObject"],
    ["a function that assumes roles", "sts:AssumeRole"],
  ])("fails the proof where it matters: %s", async (_, action) => {
    const folder = changed("local", "local-intake-eu-west-1", ({ resource }) => {
      const [role = ""] = Object.keys(resource.aws_iam_role ?? {});
      resource.aws_iam_role_policy = {
        ...resource.aws_iam_role_policy,
        Opened: { name: "opened", role: `\${aws_iam_role.${role}.id}`, policy: identityPolicy(action) },
      };
    });
    const wrong = mistakes(await attackResults(readZone(folder)));
    // What the boundary stops is no mistake: a workload can't assume roles whatever its policies say.
    if (action === "sts:AssumeRole") expect(wrong).toEqual([]);
    else expect(wrong.join("\n")).toContain("Opened");
  });

  it("fails the proof where the deployer's boundary loses a denial", async () => {
    const folder = changed("local", "local-bootstrap", ({ resource }) => {
      for (const policy of Object.values(resource.aws_iam_policy ?? {})) {
        const document = JSON.parse(String(policy.policy)) as { Statement: { Sid: string }[] };
        policy.policy = JSON.stringify({
          ...document,
          Statement: document.Statement.filter(({ Sid }) => Sid !== "KeepTrail"),
        });
      }
    });
    expect(mistakes(await attackResults(readZone(folder))).join("\n")).toMatch(/cloudtrail:StopLogging/);
  });
});

describe.each(ZONES)("the network of zone %s", (name) => {
  it("lets isolated functions reach its endpoints alone, and the internet nothing", () => {
    const zone = readNetwork(outputOf(name));
    expect(isolationViolations(zone)).toEqual([]);
    expect(ingressViolations(zone)).toEqual([]);
    expect(lockedDefaults(zone)).toEqual([]);
    expect(weakenings(zone)).toEqual([]);
  });
});

describe("a network that opens", () => {
  const openEgress = ({ resource }: Stack) => {
    const [group = ""] = Object.keys(resource.aws_security_group ?? {});
    resource.aws_vpc_security_group_egress_rule = {
      ...resource.aws_vpc_security_group_egress_rule,
      Opened: {
        security_group_id: `\${aws_security_group.${group}.id}`,
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      },
    };
  };

  it("is weakened by a rule that lets a function out, though no route leads there", () => {
    const zone = readNetwork(changed("sandbox", "sandbox-intake-eu-west-1", openEgress));
    expect(isolationViolations(zone)).toEqual([]);
    expect(weakenings(zone)).toHaveLength(1);
  });

  it("is violated once a route leads there too", () => {
    const folder = changed("local", "local-intake-eu-west-1", openEgress);
    const file = join(folder, "stacks", "local-network-eu-west-1", "cdk.tf.json");
    const json = JSON.parse(readFileSync(file, "utf8")) as Stack;
    const isolated = Object.keys(json.resource.aws_route_table ?? {}).filter((table) =>
      table.includes("Isolated"),
    );
    const [gateway = ""] = Object.keys(json.resource.aws_nat_gateway ?? {});
    json.resource.aws_route = {
      ...json.resource.aws_route,
      ...Object.fromEntries(
        isolated.map((table) => [
          `Opened_${table}`,
          {
            route_table_id: `\${aws_route_table.${table}.id}`,
            destination_cidr_block: "0.0.0.0/0",
            nat_gateway_id: `\${aws_nat_gateway.${gateway}.id}`,
          },
        ]),
      ),
    };
    writeFileSync(file, JSON.stringify(json));
    expect(isolationViolations(readNetwork(folder)).join("\n")).toMatch(/internet/);
  });
});

describe("docs/", () => {
  it("shows what the zones are today; next: npm run docs", async () => {
    for (const { file, content } of await generatedPages()) {
      expect({ file, same: readFileSync(join(ROOT, file), "utf8") === content }).toEqual({
        file,
        same: true,
      });
    }
  });
});
