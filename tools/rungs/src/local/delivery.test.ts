import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  DeleteParameterCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { type Emulator, emulatorEnvironment, startEmulator } from "@landfall/local";
import { ROOT } from "../workspace";
import { BUCKET, DeliveryWorkspace, type Source, type Stack, STACKS } from "./delivery-workspace";

jest.setTimeout(10 * 60_000);

const emulatorRoot = mkdtempSync(join(tmpdir(), "landfall-delivery-emulator-"));
let emulator: Emulator;
let s3: S3Client;
let ssm: SSMClient;
/** Two clones that share states: what one has planned, the other one applies. */
let here: DeliveryWorkspace;
let there: DeliveryWorkspace;

const parameter = (name: string, value: string, more: object = {}) => ({
  name: `/landfall/sandbox/${name}`,
  type: "String",
  value,
  ...more,
});

/** The network, with a subnet that moves, and what it publishes. */
const network = (subnet: string, comment?: string): Source => ({
  ...(comment === undefined ? {} : { comment }),
  resource: {
    aws_vpc: { this: { cidr_block: "10.0.0.0/16", "//": comment ?? "" } },
    aws_subnet: { a: { vpc_id: "${aws_vpc.this.id}", cidr_block: subnet } },
    aws_ssm_parameter: {
      vpcId: parameter("network/vpcId", "${aws_vpc.this.id}"),
      subnetId: parameter("network/subnetId", "${aws_subnet.a.id}"),
    },
  },
});

/** A stack that consumes one value. */
const consumer = (stack: Stack, value: string, owner: string, comment?: string): Source => ({
  ...(comment === undefined ? {} : { comment }),
  consumes: { value: `network/${value}` },
  resource: {
    aws_ssm_parameter: {
      own: parameter(`${stack}/own`, "${data.aws_ssm_parameter.value.insecure_value}", {
        tags: { Owner: owner },
      }),
    },
  },
});

const sources = (comment?: string): Record<Stack, Source> => ({
  network: network("10.0.1.0/24", comment),
  alpha: consumer("alpha", "vpcId", "ana", comment),
  beta: consumer("beta", "subnetId", "bob", comment),
});

const synthesize = (workspace: DeliveryWorkspace, of: Record<Stack, Source>) =>
  STACKS.forEach((stack) => workspace.synthesize(stack, of[stack]));

/** Runs a command as Nx would: the network first, then what consumes its contract. The one line that sums each up. */
async function run(command: string): Promise<Record<Stack, string>> {
  const first = await here.run(command, "network");
  const [alpha, beta] = await Promise.all([here.run(command, "alpha"), here.run(command, "beta")]);
  const last = ({ stdout, stderr }: typeof first) => stderr + (stdout.trim().split("\n").at(-1) ?? "");
  return { network: last(first), alpha: last(alpha), beta: last(beta) };
}

const unchanged = expect.stringContaining("unchanged since the last deploy") as string;
const deployed = expect.stringContaining("deployed: ") as string;

beforeAll(async () => {
  emulator = await startEmulator({
    root: emulatorRoot,
    venv: join(ROOT, "dist", "local", "venv"),
    region: "eu-west-1",
    account: "123456789012",
  });
  const { endpoint, region } = emulator;
  const config = { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  s3 = new S3Client({ ...config, forcePathStyle: true });
  ssm = new SSMClient(config);
  await s3.send(
    new CreateBucketCommand({
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" },
    }),
  );
  [here, there] = [emulatorEnvironment(emulator), emulatorEnvironment(emulator)].map(
    (env) => new DeliveryWorkspace(env),
  ) as [DeliveryWorkspace, DeliveryWorkspace];
  synthesize(here, sources());
  synthesize(there, sources());
});

afterAll(async () => {
  s3?.destroy();
  ssm?.destroy();
  here?.remove();
  there?.remove();
  await emulator?.stop();
  rmSync(emulatorRoot, { recursive: true, force: true });
});

/** One story of one zone: each step needs the one before. */
describe("early cutoff", () => {
  it("plans nothing after a change of comments alone", async () => {
    expect(await run("deploy")).toEqual({ network: deployed, alpha: deployed, beta: deployed });

    synthesize(here, sources("moved to another line"));
    expect(await run("plan")).toEqual({ network: unchanged, alpha: unchanged, beta: unchanged });
    expect(await run("deploy")).toEqual({ network: unchanged, alpha: unchanged, beta: unchanged });
  });

  it("plans the one stack whose tag has changed", async () => {
    here.synthesize("alpha", consumer("alpha", "vpcId", "zoe"));

    expect(await run("deploy")).toEqual({
      network: unchanged,
      alpha: expect.stringContaining("deployed: 0 added, 1 changed, 0 destroyed; 1 resources") as string,
      beta: unchanged,
    });
  });

  it("deploys exactly the consumers of the values that a changed subnet changes", async () => {
    here.synthesize("network", network("10.0.2.0/24"));
    const { stdout } = await here.run("plan", "network");
    expect(stdout).toMatch(/-\/\+ aws_subnet\.a/);
    expect((await here.run("plan", "beta")).stdout).toMatch(/unchanged/);

    expect(await run("deploy")).toEqual({ network: deployed, alpha: unchanged, beta: deployed });
  });

  it("plans again what failed, though nothing has changed since", async () => {
    const taken = parameter("beta/taken", "mine");
    await ssm.send(new PutParameterCommand({ Name: taken.name, Value: "someone's", Type: "String" }));
    const source = consumer("beta", "subnetId", "bob");
    const own = source.resource["aws_ssm_parameter"]?.["own"] ?? {};
    here.synthesize("beta", { ...source, resource: { aws_ssm_parameter: { own, taken } } });

    expect((await here.run("deploy", "beta")).stderr).toMatch(/ParameterAlreadyExists/);
    await ssm.send(new DeleteParameterCommand({ Name: taken.name }));
    expect((await here.run("deploy", "beta")).stdout).toMatch(/deployed: 1 added/);
    expect((await here.run("deploy", "beta")).stdout).toMatch(/unchanged/);
  });
});

describe("saved plans", () => {
  const planned = consumer("alpha", "vpcId", "eve");
  /** What both clones have: the same commit, in which the network has moved on. */
  beforeAll(async () => {
    for (const clone of [here, there]) {
      clone.synthesize("alpha", planned);
      clone.synthesize("network", network("10.0.2.0/24"));
    }
    expect((await here.run("plan", "alpha")).stdout).toMatch(/plan: 0 to add, 1 to change, 0 to destroy/);
  });

  const applied = () => there.run("apply", "alpha");

  it("are kept from other users, name no folder, and come with a summary", () => {
    expect(statSync(join(here.plans("alpha"), "plan.tfplan")).mode & 0o777).toBe(0o600);
    const manifest = readFileSync(join(here.plans("alpha"), "manifest.json"), "utf8");
    expect(manifest).not.toContain(here.root);
    expect(readFileSync(join(here.plans("alpha"), "summary.md"), "utf8")).toContain("aws_ssm_parameter.own");
  });

  it("are refused where there is none", async () => {
    expect((await applied()).stderr).toBe(
      "sandbox-alpha has no saved plan: run npx nx plan alpha --configuration=sandbox\n",
    );
  });

  const refusals: readonly [what: string, change: () => void, reason: RegExp][] = [
    [
      "the plan itself",
      () => appendFileSync(join(there.plans("alpha"), "plan.tfplan"), "x"),
      /plan\.tfplan is not the file that was saved/,
    ],
    [
      "what was approved",
      () => writeFileSync(join(there.plans("alpha"), "summary.md"), "nothing to see"),
      /summary\.md is not the file that was saved/,
    ],
    [
      "the source",
      () => there.synthesize("alpha", consumer("alpha", "vpcId", "mallory")),
      /the fingerprint was [0-9a-f]{12}, and is now [0-9a-f]{12}/,
    ],
    [
      "the provider lock",
      () => there.put(".terraform.lock.hcl", `${readFileSync(join(ROOT, ".terraform.lock.hcl"), "utf8")}\n`),
      /the provider lock was [0-9a-f]{12}, and is now [0-9a-f]{12}/,
    ],
    [
      "the zone",
      () => {
        const file = join(there.plans("alpha"), "manifest.json");
        writeFileSync(file, readFileSync(file, "utf8").replace('"zone": "sandbox"', '"zone": "production"'));
      },
      /the zone was production, and is now sandbox/,
    ],
    ["the manifest", () => writeFileSync(join(there.plans("alpha"), "manifest.json"), "{}"), /can't be read/],
  ];

  it.each(refusals)(
    "are refused after a change of %s, and nothing is applied",
    async (_what, change, reason) => {
      there.carryPlan(here, "alpha");
      change();
      const { code, stderr } = await applied();

      there.synthesize("alpha", planned);
      there.put(".terraform.lock.hcl", readFileSync(join(ROOT, ".terraform.lock.hcl"), "utf8"));
      expect({ code, lines: stderr.trim().split("\n").length }).toEqual({ code: 1, lines: 1 });
      expect(stderr).toMatch(reason);
      expect(stderr).toMatch(/[Rr]un npx nx plan alpha --configuration=sandbox/);
      expect(await ownersOf("alpha")).toBe("zoe");
    },
  );

  it("are refused for another stack", async () => {
    there.carryPlan(here, "alpha", "beta");
    expect((await there.run("apply", "beta")).stderr).toMatch(/the stack was alpha, and is now beta/);
  });

  it("are applied from another clone, and once: a repeated run goes on behind them", async () => {
    there.carryPlan(here, "alpha");
    const { stdout, stderr } = await applied();
    expect({ stderr, stdout }).toEqual({
      stderr: "",
      stdout: expect.stringContaining("deployed: 0 added, 1 changed") as string,
    });
    expect(await ownersOf("alpha")).toBe("eve");

    expect((await applied()).stdout).toMatch(/unchanged since the last deploy/);
  });

  it("are refused once the state has moved behind them", async () => {
    here.synthesize("alpha", consumer("alpha", "vpcId", "first"));
    await here.run("plan", "alpha");
    there.synthesize("alpha", consumer("alpha", "vpcId", "second"));
    expect((await there.run("deploy", "alpha")).stdout).toMatch(/deployed/);

    expect((await here.run("apply", "alpha")).stderr).toMatch(
      /^sandbox-alpha: the saved plan is not applied: the state was serial (\d+) of (\w+), and is now serial \d+ of \2\. Run npx nx plan alpha --configuration=sandbox again, and have it approved\n$/,
    );
    expect(await ownersOf("alpha")).toBe("second");
  });
});

describe("two deploys at once, of which one is killed", () => {
  const slow: Source = {
    resource: {
      aws_ssm_parameter: {
        before: parameter("beta/before", "1"),
        after: parameter("beta/after", "2", { depends_on: ["terraform_data.slow"] }),
      },
      terraform_data: {
        slow: {
          depends_on: ["aws_ssm_parameter.before"],
          provisioner: [{ "local-exec": { command: "sleep $SECONDS_TO_SLEEP" } }],
        },
      },
    },
  };

  it("waits and names the holder, and continues with no orphan and no lost lock", async () => {
    for (const clone of [here, there]) clone.synthesize("beta", slow);
    const killed = here.start("deploy", "beta", { SECONDS_TO_SLEEP: "300" });
    while (!killed.printed.stdout.includes("before created") && killed.process.exitCode === null)
      await sleep(200);

    const second = await there.run("deploy", "beta", { SECONDS_TO_SLEEP: "0", LANDFALL_LOCK_SECONDS: "1" });
    expect(second.stdout).toMatch(/waits up to 1 s: the state is locked by \S+@\S+, for .*, since /);
    expect(second.stderr).toMatch(/the state is locked by \S+@.*npx nx unlock beta --configuration=sandbox/);

    killed.process.kill("SIGKILL");
    const third = await there.run("deploy", "beta", {
      SECONDS_TO_SLEEP: "0",
      LANDFALL_LOCK_SECONDS: "60",
    });
    expect(third.stderr).toBe("");
    expect(third.stdout).toMatch(/deployed: /);
    expect((await here.run("deploy", "beta")).stdout).toMatch(/unchanged since the last deploy; 3 resources/);

    const { Parameters = [] } = await ssm.send(
      new GetParametersByPathCommand({ Path: "/landfall/sandbox/beta" }),
    );
    expect(Parameters.map(({ Name }) => Name).sort()).toEqual([
      "/landfall/sandbox/beta/after",
      "/landfall/sandbox/beta/before",
    ]);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents.filter(({ Key }) => Key?.endsWith(".tflock"))).toEqual([]);
  });
});

/** The owner that the deployed parameter of a stack is tagged with. */
async function ownersOf(stack: Stack): Promise<string | undefined> {
  const { ListTagsForResourceCommand } = await import("@aws-sdk/client-ssm");
  const { TagList = [] } = await ssm.send(
    new ListTagsForResourceCommand({
      ResourceType: "Parameter",
      ResourceId: `/landfall/sandbox/${stack}/own`,
    }),
  );
  return TagList.find(({ Key }) => Key === "Owner")?.Value;
}
