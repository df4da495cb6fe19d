import { Graph, Reference, Unknown, type Value } from "@landfall/terraform-graph";
import { judge } from "../engine/judge";
import { RULES } from "../rules";
import { Subjects } from "../subject";
import { type Verdict } from "../verdict";
import applied from "./fixtures/applied.plan.json";
import fresh from "./fixtures/new.plan.json";
import { configurationOf, isPlan } from "./plan";

const graphOf = (plan: Parameters<typeof configurationOf>[0]) =>
  new Graph({ stacks: { plan: configurationOf(plan) } });

function read(graph: Graph, address: string, path: string): Value {
  const resource = graph.all.find((each) => each.address === address);
  if (!resource) throw new Error(`no ${address}`);
  return new Subjects(graph).of(resource).value(path);
}

const target = (value: Value) =>
  value instanceof Reference ? `${value.resource.address} ${value.attribute}` : value;

describe.each([
  ["before the first apply", fresh],
  ["after it", applied],
])("a plan %s", (_, plan) => {
  const graph = graphOf(plan);

  it("is known as one, and a state is not", () => {
    expect(isPlan(plan)).toBe(true);
    expect(isPlan({ format_version: "1.0", values: {} })).toBe(false);
  });

  it("holds each resource under its own address, those of modules too, and no data source", () => {
    const addresses = graph.all.map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses).toHaveLength(31);
    expect(addresses).toEqual(
      expect.arrayContaining([
        'aws_s3_bucket.many["b.c"]',
        "aws_s3_bucket.counted[1]",
        'module.store.aws_s3_bucket.b["x"]',
        'module.stores["q"].aws_sns_topic.t',
      ]),
    );
  });

  it.each([
    ["an attribute", "aws_sns_topic.t", "kms_master_key_id", "aws_kms_key.k arn"],
    ["one of several, by its index", "aws_s3_bucket_policy.encoded", "bucket", "aws_s3_bucket.counted[0] id"],
    ["its own index", "aws_s3_bucket_versioning.counted[1]", "bucket", "aws_s3_bucket.counted[1] id"],
    [
      "what it is made for each of",
      'aws_s3_bucket_public_access_block.many["b.c"]',
      "bucket",
      'aws_s3_bucket.many["b.c"] id',
    ],
    ["a module's variable", "module.store.aws_sns_topic.t", "kms_master_key_id", "aws_kms_key.k arn"],
    [
      "a module's variable in a nested block",
      'module.stores["p"].aws_s3_bucket_server_side_encryption_configuration.b["p"]',
      "rule.apply_server_side_encryption_by_default.kms_master_key_id",
      "aws_kms_key.k arn",
    ],
    [
      "a resource of its own module's instance",
      'module.stores["q"].aws_s3_bucket_server_side_encryption_configuration.b["q"]',
      "bucket",
      'module.stores["q"].aws_s3_bucket.b["q"] id',
    ],
    ["a module's output", "aws_sns_topic_policy.m", "arn", "module.store.aws_sns_topic.t arn"],
    [
      "one element of a module's output",
      "aws_s3_bucket_versioning.m",
      "bucket",
      'module.store.aws_s3_bucket.b["x"] id',
    ],
  ])("refers to %s", (_case, address, path, expected) => {
    expect(target(read(graph, address, path))).toBe(expected);
  });

  it("tells the region of each provider, by a variable too", () => {
    const regionOf = (address: string) => graph.all.find((each) => each.address === address)?.region;
    expect(regionOf("aws_kms_key.k")).toBe("eu-west-1");
    expect(regionOf("aws_sqs_queue.west")).toBe("us-west-2");
    expect(regionOf('module.stores["p"].aws_sns_topic.t')).toBe("us-west-2");
  });

  it("takes a text for a text, whatever it looks like", () => {
    expect(read(graph, "aws_sns_topic.text", "display_name")).toBe("${literal} %{x}");
  });
});

describe("what a plan does not know", () => {
  const graph = graphOf(fresh);

  it("is unknown where it is written with several references, or through a data source", () => {
    expect(read(graph, "aws_s3_bucket_policy.one", "policy")).toMatchObject({
      reason: "it is known only after the apply",
    });
  });

  it("is left out where AWS fills it in", () => {
    expect(read(graph, "aws_s3_bucket.one", "arn")).toBeNull();
    expect(read(graph, "aws_security_group.other", "ingress")).toBeNull();
  });

  it("is a reference in blocks of an expression that has but one", () => {
    const groups = [1, 2, 3].map((index) => {
      const ingress = read(graph, "aws_security_group.sg", "ingress") as readonly Readonly<
        Record<string, Value>
      >[];
      return target(ingress[index]?.security_groups ?? null);
    });
    expect(groups).toEqual(Array(3).fill("aws_security_group.other id"));
  });

  /** A plan of one resource with a `dynamic` block: the configuration of a plan does not show it. */
  const withBlocks = (written: object, values: object, unknown: object) =>
    graphOf({
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            { address: "aws_lb.l", mode: "managed", type: "aws_lb", name: "l", values },
            { address: "aws_subnet.a", mode: "managed", type: "aws_subnet", name: "a", values: {} },
            { address: "aws_subnet.b", mode: "managed", type: "aws_subnet", name: "b", values: {} },
          ],
        },
      },
      resource_changes: [{ address: "aws_lb.l", change: { after_unknown: unknown } }],
      configuration: { root_module: { resources: [{ address: "aws_lb.l", expressions: written }] } },
    });

  it("is unknown where it may come from one of several resources", () => {
    const either = { references: ["aws_subnet.a.id", "aws_subnet.a", "aws_subnet.b.id", "aws_subnet.b"] };
    const graphs = withBlocks({ subnets: either }, {}, { subnets: true });
    expect(read(graphs, "aws_lb.l", "subnets")).toBeInstanceOf(Unknown);
  });

  it("is unknown in a dynamic block, and not left out", () => {
    const dynamic = withBlocks({}, { access_logs: [{ enabled: true }] }, { access_logs: [{ bucket: true }] });
    expect(read(dynamic, "aws_lb.l", "access_logs.bucket")).toBeInstanceOf(Unknown);
    expect(read(dynamic, "aws_lb.l", "access_logs.enabled")).toBe(true);
  });

  const mapping = (port: number, subnet: string) => ({
    port: { constant_value: port },
    subnet_id: { references: [`aws_subnet.${subnet}.id`, `aws_subnet.${subnet}`] },
  });

  it("is told by constants which block of a set was written for it", () => {
    const unknown = { subnet_mapping: [{ subnet_id: true }, { subnet_id: true }] };
    const values = { subnet_mapping: [{ port: 2 }, { port: 1 }] };
    const set = withBlocks({ subnet_mapping: [mapping(1, "a"), mapping(2, "b")] }, values, unknown);
    expect(target(read(set, "aws_lb.l", "subnet_mapping.subnet_id"))).toBe("aws_subnet.b id");
  });

  it("is unknown where several blocks of a set may have been written for it", () => {
    const unknown = { subnet_mapping: [{ subnet_id: true }, { subnet_id: true }] };
    const values = { subnet_mapping: [{ port: 1 }, { port: 1 }] };
    const set = withBlocks({ subnet_mapping: [mapping(1, "a"), mapping(1, "b")] }, values, unknown);
    expect(read(set, "aws_lb.l", "subnet_mapping.subnet_id")).toBeInstanceOf(Unknown);
  });
});

describe("what an applied plan knows", () => {
  it("stays a text where the configuration has no reference", () => {
    expect(read(graphOf(applied), "aws_s3_bucket.one", "bucket")).toBe("orders");
  });
});

describe("the judgement of a plan", () => {
  const verdictOf = (
    plan: Parameters<typeof configurationOf>[0],
    control: string,
    address: string,
  ): Verdict | undefined =>
    judge({ stacks: { plan: configurationOf(plan) } }, { rules: RULES }).findings.find(
      (finding) => finding.control === control && finding.location.address === address,
    )?.verdict;

  it.each([fresh, applied])("relates a companion to its resource", (plan) => {
    expect(verdictOf(plan, "S3.8", 'aws_s3_bucket.many["a"]')).toEqual({ status: "compliant" });
    expect(verdictOf(plan, "S3.8", "aws_s3_bucket.counted[0]")).toMatchObject({ status: "non-compliant" });
    expect(verdictOf(plan, "EC2.19", "aws_security_group.sg")).toMatchObject({
      status: "non-compliant",
      path: "ingress[0].cidr_blocks",
    });
  });

  it("knows a policy once it is applied", () => {
    expect(verdictOf(fresh, "S3.5", "aws_s3_bucket.one")).toMatchObject({ status: "unknown" });
    expect(verdictOf(applied, "S3.5", "aws_s3_bucket.one")).toEqual({ status: "compliant" });
  });

  it("refuses a plan that has failed: it holds a part only", () => {
    expect(() => configurationOf({ ...fresh, errored: true })).toThrow(/not whole/);
  });
});
