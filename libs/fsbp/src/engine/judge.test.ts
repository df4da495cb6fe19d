import { type TerraformJson } from "@landfall/terraform-graph";
import { type PlaceRule, type ResourceRule, type Rule } from "../rule";
import { COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown } from "../verdict";
import { mustBeSet } from "../expect";
import { missing } from "../related";
import { judge, type JudgeOptions } from "./judge";
import { ledgerOf, passes } from "./ledger";

const PROVIDER = { aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }] };

/** Any bucket must have a name. */
const named: ResourceRule = {
  control: "S3.8",
  types: ["aws_s3_bucket"],
  judge: (bucket) => mustBeSet(bucket, "bucket", "a name"),
};

/** Any bucket must have a companion. */
const guarded: ResourceRule = {
  control: "S3.9",
  types: ["aws_s3_bucket"],
  judge: (bucket) =>
    bucket.related("aws_s3_bucket_logging", "bucket", ["bucket"]).found.length > 0
      ? COMPLIANT
      : missing(bucket, "aws_s3_bucket_logging", "bucket", "one"),
};

const trail = (each: PlaceRule["each"]): PlaceRule => ({
  control: "CloudTrail.1",
  each,
  types: ["aws_cloudtrail"],
  judge: (here) => (here.length > 0 ? COMPLIANT : nonCompliant("", "no aws_cloudtrail", "one")),
});

const stack = (resource: TerraformJson, provider: unknown = PROVIDER): TerraformJson => ({
  provider,
  resource,
});

const run = (
  rules: readonly Rule[],
  stacks: Readonly<Record<string, TerraformJson>>,
  options: Partial<JudgeOptions> = {},
) => judge({ stacks }, { rules, today: new Date("2026-12-01T12:00:00Z"), ...options });

const statuses = (...parameters: Parameters<typeof run>) =>
  run(...parameters).findings.map(({ location, verdict }) => [location.address, verdict.status]);

describe("judge", () => {
  it("judges every resource of a rule's types, in every stack", () => {
    const stacks = {
      a: stack({ aws_s3_bucket: { x: { bucket: "x" }, y: {} } }),
      b: stack({ aws_s3_bucket: { z: { count: 2, bucket: "z" } }, aws_vpc: { v: {} } }),
    };
    expect(run([named], stacks).findings).toMatchObject([
      { location: { stack: "a", address: "aws_s3_bucket.x" }, verdict: { status: "compliant" } },
      {
        location: { stack: "a", address: "aws_s3_bucket.y" },
        verdict: { status: "non-compliant", path: "bucket" },
      },
      { location: { stack: "b", address: "aws_s3_bucket.z[0]" }, verdict: { status: "compliant" } },
      { location: { stack: "b", address: "aws_s3_bucket.z[1]" } },
    ]);
  });

  it("names the control, the construct, the place and the lines, the lines only of what needs a look", () => {
    const asked: string[] = [];
    const bucket = (config: object) => ({ "//": { metadata: { path: "a/B/Resource" } }, ...config });
    const { findings } = run(
      [named],
      { a: stack({ aws_s3_bucket: { x: bucket({}), y: bucket({ bucket: "y" }) } }) },
      { sourceLines: (name, address) => (asked.push(`${name} ${address}`), ["apps/a/infra/stack.ts:7"]) },
    );
    expect(findings[0]).toMatchObject({
      control: "S3.8",
      severity: "HIGH",
      location: {
        construct: "a/B/Resource",
        type: "aws_s3_bucket",
        account: "123456789012",
        region: "eu-west-1",
        lines: ["apps/a/infra/stack.ts:7"],
      },
    });
    expect(asked).toEqual(["a aws_s3_bucket.x"]);
  });

  it("takes a rule that throws for a violation, with what it threw", () => {
    const broken: ResourceRule = {
      ...named,
      judge: () => {
        throw new TypeError("undefined is no function");
      },
    };
    const report = run([broken], { a: stack({ aws_s3_bucket: { x: {} } }) });
    expect(report.findings).toMatchObject([
      { verdict: { status: "non-compliant", found: "the rule failed: undefined is no function" } },
    ]);
    expect(passes(report)).toBe(false);
  });

  it("lets what is unknown pass, and never be compliant", () => {
    const report = run([named], { a: stack({ aws_s3_bucket: { x: { bucket: "${var.name}" } } }) });
    expect(report.findings).toMatchObject([{ verdict: { status: "unknown", path: "bucket" } }]);
    expect(passes(report)).toBe(true);
    expect(ledgerOf(report).controls.find(({ id }) => id === "S3.8")?.status).toBe("unknown");
  });

  it("tells before each rule how far it is", () => {
    const steps: string[] = [];
    run([named, guarded], {}, { onRule: (index, count) => steps.push(`${index}/${count}`) });
    expect(steps).toEqual(["0/2", "1/2"]);
  });

  it("refuses a rule of no control: a mistake of ours", () => {
    const stray = { ...named, control: "S3.999" };
    expect(() => run([stray], { a: stack({ aws_s3_bucket: { x: {} } }) })).toThrow(/no control S3.999/);
  });
});

describe("resources together", () => {
  const bucket = { aws_s3_bucket: { x: { bucket: "orders" } } };
  const logging = (config: object) => ({ ...bucket, aws_s3_bucket_logging: { l: config } });

  it.each<[string, TerraformJson, string]>([
    ["by a reference", logging({ bucket: "${aws_s3_bucket.x.id}" }), "compliant"],
    ["by a text with a reference", logging({ bucket: "arn:x/${aws_s3_bucket.x.id}" }), "compliant"],
    ["by its name", logging({ bucket: "orders" }), "compliant"],
    ["in a list", logging({ bucket: ["other", "${aws_s3_bucket.x.id}"] }), "compliant"],
    ["not by another's name", logging({ bucket: "others" }), "non-compliant"],
    ["not where there is none", bucket, "non-compliant"],
    ["perhaps, by a variable", logging({ bucket: "${var.name}" }), "unknown"],
    ["perhaps, in a list", logging({ bucket: ["${var.name}"] }), "unknown"],
    ["perhaps, where their number is not known", logging({ count: "${var.n}", bucket: "orders" }), "unknown"],
  ])("belong to each other %s", (_, resource, status) => {
    expect(statuses([guarded], { a: stack(resource) })).toEqual([["aws_s3_bucket.x", status]]);
  });

  it("may both be there perhaps", () => {
    const many = { count: "${var.n}", bucket: "orders" };
    const resource = { aws_s3_bucket: { x: many }, aws_s3_bucket_logging: { l: many } };
    expect(statuses([guarded], { a: stack(resource) })).toEqual([["aws_s3_bucket.x[?]", "compliant"]]);
  });

  it("do not belong to each other by a name in another region", () => {
    const stacks = {
      a: stack(bucket),
      b: stack({ aws_s3_bucket_logging: { l: { bucket: "orders" } } }, { aws: [{ region: "eu-central-1" }] }),
    };
    expect(statuses([guarded], stacks)).toEqual([["aws_s3_bucket.x", "non-compliant"]]);
  });
});

describe("what must be in each account or region", () => {
  const west = { aws: [{ region: "us-west-2", allowed_account_ids: ["123456789012"] }] };
  const stacks = { a: stack({ aws_cloudtrail: { t: {} } }), b: stack({ aws_vpc: { v: {} } }, west) };

  it("is judged once for each region, and points to what is there", () => {
    expect(run([trail("region")], stacks).findings).toMatchObject([
      { location: { address: "aws_cloudtrail.t", stack: "a" }, verdict: { status: "compliant" } },
      {
        location: { address: undefined, stack: "", region: "us-west-2" },
        verdict: { status: "non-compliant" },
      },
    ]);
  });

  it("is judged once for each account", () => {
    expect(statuses([trail("account")], stacks)).toEqual([["aws_cloudtrail.t", "compliant"]]);
  });

  it("does not count a region that an aliased provider alone works in", () => {
    const aws = [
      ...PROVIDER.aws,
      { alias: "global", region: "us-east-1", allowed_account_ids: ["123456789012"] },
    ];
    const resource = { aws_cloudtrail: { t: {} }, aws_vpc: { v: { provider: "aws.global" } } };
    expect(statuses([trail("region")], { a: stack(resource, { aws }) })).toHaveLength(1);
  });

  it("is unknown where it may be managed elsewhere", () => {
    expect(statuses([trail("region")], stacks, { isWhole: false })).toEqual([
      ["aws_cloudtrail.t", "compliant"],
      [undefined, "unknown"],
    ]);
  });

  it("is unknown where what is elsewhere decides too, though some of it is here", () => {
    const wrong = { ...trail("region"), judge: () => nonCompliant("name", "nothing", "a name") };
    const verdicts = (spansPlaces: boolean) =>
      statuses([{ ...wrong, spansPlaces }], { a: stacks.a }, { isWhole: false }).map(([, status]) => status);
    expect(verdicts(true)).toEqual(["unknown"]);
    expect(verdicts(false)).toEqual(["non-compliant"]);
  });

  it("is unknown where its number is", () => {
    const perhaps = { a: stack({ aws_cloudtrail: { t: { count: "${var.n}" } } }) };
    expect(statuses([trail("region")], perhaps)).toEqual([["aws_cloudtrail.t[?]", "unknown"]]);
  });

  it("is nothing where there is nothing at all", () => {
    expect(run([trail("region")], {}).findings).toEqual([]);
  });
});

describe("exceptions", () => {
  const RIGHT = { control: "S3.8", reason: "it is named by AWS", owner: "platform", expires: "2027-03-31" };
  const bucket = (exceptions: unknown, config: object = {}) =>
    stack({ aws_s3_bucket: { x: { "//": { exceptions }, ...config } } });
  const problems = (exceptions: unknown, config?: object, rules: readonly Rule[] = [named]) =>
    run(rules, { a: bucket(exceptions, config) }).exceptionProblems.map(({ problem }) => problem);

  it("cover what is non-compliant, and what is unknown", () => {
    for (const config of [{}, { bucket: "${var.name}" }]) {
      const report = run([named], { a: bucket([RIGHT], config) });
      expect(report.findings).toMatchObject([{ exception: RIGHT }]);
      expect(report.exceptionProblems).toEqual([]);
      expect(passes(report)).toBe(true);
      expect(ledgerOf(report).summary).toMatchObject({ excepted: 1, "non-compliant": 0, unknown: 0 });
    }
  });

  it("are found in cdktf's metadata too", () => {
    const metadata = { metadata: { path: "a/X", exceptions: [RIGHT] } };
    const report = run([named], { a: stack({ aws_s3_bucket: { x: { "//": metadata } } }) });
    expect(report.findings).toMatchObject([{ exception: RIGHT }]);
  });

  it("cover their own resource and control alone", () => {
    const resource = { aws_s3_bucket: { x: { "//": { exceptions: [RIGHT] } }, y: {} } };
    const { findings } = run([named, guarded], { a: stack(resource) });
    expect(findings.filter(({ exception }) => exception !== undefined)).toMatchObject([
      { control: "S3.8", location: { address: "aws_s3_bucket.x" } },
    ]);
  });

  it("hold for all copies of a resource, and are needed if one of them needs it", () => {
    const name = '${count.index == 0 ? null : "x"}';
    const report = run([named], { a: bucket([RIGHT], { count: 2, bucket: name }) });
    expect(report.exceptionProblems).toEqual([]);
    expect(report.findings.map(({ exception }) => exception !== undefined)).toEqual([true, false]);
  });

  it.each<[string, object, RegExp]>([
    ["has expired", { expires: "2026-11-30" }, /expired on 2026-11-30: mend the cause/],
    ["holds too long", { expires: "2028-01-01" }, /within 366 days/],
    ["has no day", { expires: "next year" }, /must be a day/],
    ["has a day that is none", { expires: "2027-02-31" }, /must be a day/],
    ["has no reason", { reason: " " }, /'reason' and 'owner' must be given/],
    ["has no owner", { owner: undefined }, /'reason' and 'owner' must be given/],
    ["is of every control", { control: "*" }, /'control' must be the id of one control, e.g. S3.9, got: \*/],
    ["is of no control", { control: undefined }, /got: nothing/],
    ["is of a control that code does not decide", { control: "IAM.3" }, /IAM.3 is not decided from code/],
  ])("fail where one %s", (_, change, message) => {
    const report = run([named], { a: bucket([{ ...RIGHT, ...change }]) });
    expect(report.exceptionProblems).toMatchObject([{ problem: expect.stringMatching(message) }]);
    expect(report.findings).toMatchObject([{ verdict: { status: "non-compliant" } }]);
    expect(report.findings[0]).not.toHaveProperty("exception");
    expect(passes(report)).toBe(false);
  });

  it("hold through their last day", () => {
    expect(problems([{ ...RIGHT, expires: "2026-12-01" }])).toEqual([]);
  });

  it("fail where nothing needs them", () => {
    expect(problems([RIGHT], { bucket: "x" })).toEqual([
      "S3.8 asks nothing of this resource, or is met: remove the exception",
    ]);
    expect(
      problems([{ ...RIGHT, control: "EC2.19" }], {}, [named, { ...named, control: "EC2.19", types: [] }]),
    ).toEqual(["EC2.19 asks nothing of this resource, or is met: remove the exception"]);
  });

  it("say nothing of a control that was not judged", () => {
    expect(problems([{ ...RIGHT, control: "EC2.19" }])).toEqual([]);
  });

  it("fail where one stands twice, or is no exception", () => {
    expect(problems([RIGHT, RIGHT])).toEqual(["S3.8 is excepted twice here: keep one"]);
    expect(problems("all of them")).toMatchObject([expect.stringContaining("got: nothing")]);
  });

  it("of a whole zone come from the zone, and are no one's to renew", () => {
    const accepted = new Map([["S3.8", "the sandbox saves it"]]);
    const report = run([named, guarded], { a: bucket(undefined) }, { accepted });
    expect(report.findings.map(({ control, exception }) => [control, exception?.reason])).toEqual([
      ["S3.8", "the sandbox saves it"],
      ["S3.9", undefined],
    ]);
    expect(report.exceptionProblems).toEqual([]);
  });
});

describe("the ledger", () => {
  const report = {
    exceptionProblems: [],
    warnings: [],
    findings: run([named], { a: stack({ aws_s3_bucket: { x: { bucket: "x" }, y: {} } }) }).findings,
  };

  it("has a row for each control, none missing", () => {
    const { controls, summary } = ledgerOf(report);
    expect(controls).toHaveLength(165);
    expect(Object.values(summary).reduce((sum, count) => sum + count, 0)).toBe(165);
    expect(summary).toMatchObject({ "non-compliant": 1, "not-applicable": 147, "not-decidable": 17 });
  });

  it("gives a control the status of its worst resource, and lists them all", () => {
    expect(ledgerOf(report).controls.find(({ id }) => id === "S3.8")).toMatchObject({
      status: "non-compliant",
      resources: [
        { status: "compliant", stack: "a", address: "aws_s3_bucket.x" },
        { status: "non-compliant", address: "aws_s3_bucket.y" },
      ],
    });
  });

  it("does not list what the control does not apply to", () => {
    const none = { ...named, judge: () => NOT_APPLICABLE };
    const ledger = ledgerOf(run([none], { a: stack({ aws_s3_bucket: { x: {} } }) }));
    expect(ledger.controls.find(({ id }) => id === "S3.8")).toMatchObject({
      status: "not-applicable",
      resources: [],
    });
  });

  it("says who decides what code can't", () => {
    expect(ledgerOf(report).controls.find(({ id }) => id === "IAM.3")).toMatchObject({
      status: "not-decidable",
      decidedBy: expect.stringContaining("Security Hub"),
    });
  });

  it("ranks unknown between non-compliant and excepted", () => {
    const mixed = { ...named, judge: () => unknown("x", "y") };
    const stacks = { a: stack({ aws_s3_bucket: { x: {} } }) };
    expect(ledgerOf(run([mixed], stacks)).controls.find(({ id }) => id === "S3.8")?.status).toBe("unknown");
  });
});
