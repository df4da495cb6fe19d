import { Graph } from "./graph";
import { type TerraformJson } from "./terraform-json";
import { Missing, Reference, Template, Unknown, type Value } from "./value";

const provider = (region: string, account: string, more: Record<string, unknown> = {}) => ({
  region,
  allowed_account_ids: [account],
  ...more,
});

const owner = (
  value: string,
  aws: unknown = [provider("eu-west-1", "111111111111")],
  change = {},
): TerraformJson => ({
  provider: { aws },
  resource: {
    aws_vpc: { Vpc: { cidr_block: "10.0.0.0/16" } },
    aws_subnet: { A: {}, B: {} },
    aws_ssm_parameter: { Value: { name: "/landfall/demo/network/value", value, ...change } },
  },
});

const consumer = (aws: unknown = [provider("eu-west-1", "111111111111")], change = {}): TerraformJson => ({
  provider: { aws },
  data: { aws_ssm_parameter: { Value: { name: "/landfall/demo/network/value", ...change } } },
  resource: {
    aws_lambda_function: {
      Function: {
        text: "${data.aws_ssm_parameter.Value.insecure_value}",
        list: '${split(",", data.aws_ssm_parameter.Value.insecure_value)}',
      },
    },
  },
});

/** An attribute of the only function of some stacks. */
function read(stacks: Record<string, TerraformJson>, name: string): Value {
  const graph = new Graph({ stacks });
  const [resource] = graph.ofType("aws_lambda_function");
  if (!resource) throw new Error("no function");
  return graph.attribute(resource, name);
}

/** What an argument of a function comes to beside other blocks. */
const value = (raw: unknown, json: TerraformJson = {}): Value =>
  read(
    {
      s: {
        ...json,
        resource: { ...(json.resource as object), aws_lambda_function: { f: { argument: raw } } },
      },
    },
    "argument",
  );

const addresses = (json: TerraformJson) =>
  new Graph({ stacks: { s: json } }).all.map(({ address }) => address);

const labels = (found: Value) =>
  Array.isArray(found)
    ? found.map((item: Value) => (item instanceof Reference ? item.resource.label : item))
    : found;

describe("references across stacks", () => {
  it("follows a contract to the resource of another stack", () => {
    const found = read({ net: owner("${aws_vpc.Vpc.id}"), app: consumer() }, "text");
    expect(found).toBeInstanceOf(Reference);
    expect(found).toMatchObject({ resource: { label: "net/aws_vpc.Vpc" }, attribute: "id" });
  });

  it("splits what the owner joined", () => {
    const stacks = { net: owner('${join(",", [aws_subnet.A.id, aws_subnet.B.id])}'), app: consumer() };
    expect(labels(read(stacks, "list"))).toEqual(["net/aws_subnet.A", "net/aws_subnet.B"]);
  });

  it("follows a contract through a stack that passes it on", () => {
    const middle: TerraformJson = {
      ...consumer(),
      resource: {
        aws_ssm_parameter: {
          Again: { name: "/landfall/demo/again/value", value: "${data.aws_ssm_parameter.Value.value}" },
        },
      },
    };
    const last = consumer(undefined, { name: "/landfall/demo/again/value" });
    expect(read({ net: owner("${aws_vpc.Vpc.id}"), middle, app: last }, "text")).toMatchObject({
      resource: { label: "net/aws_vpc.Vpc" },
    });
  });

  it("does not take the value of another region", () => {
    const elsewhere = owner("${aws_vpc.Vpc.id}", [provider("eu-central-1", "111111111111")]);
    expect(read({ net: elsewhere, app: consumer() }, "text")).toMatchObject({
      reason: "no stack publishes '/landfall/demo/network/value' in account 111111111111, eu-west-1",
    });
  });

  it("reads from another account and region through an aliased provider", () => {
    const role = { role_arn: "arn:aws:iam::222222222222:role/demo-${var.access}" };
    const stacks = {
      net: owner("${aws_vpc.Vpc.id}", [provider("eu-central-1", "222222222222")]),
      app: consumer(
        [
          provider("eu-west-1", "111111111111"),
          { alias: "other", region: "eu-central-1", assume_role: [role] },
        ],
        { provider: "aws.other" },
      ),
    };
    expect(read(stacks, "text")).toMatchObject({ resource: { label: "net/aws_vpc.Vpc" } });
  });

  it("does not choose between two owners", () => {
    const twice = owner("${aws_vpc.Vpc.id}");
    expect(read({ net: twice, twin: twice, app: consumer() }, "text")).toMatchObject({
      reason: expect.stringContaining("published 2 times"),
    });
  });

  it("says so when a value needs itself", () => {
    const circle: TerraformJson = {
      ...consumer(),
      resource: {
        ...(consumer().resource as object),
        aws_ssm_parameter: {
          Own: { name: "/landfall/demo/network/value", value: "${data.aws_ssm_parameter.Value.value}" },
        },
      },
    };
    expect(read({ app: circle }, "text")).toBeInstanceOf(Unknown);
  });
});

describe("references within a stack", () => {
  const bucket = (block: object) => ({ resource: { aws_s3_bucket: { b: block } } });

  it("gives what is configured, and refers to what only AWS knows", () => {
    const json = bucket({ bucket: "orders" });
    expect(value("${aws_s3_bucket.b.bucket}", json)).toBe("orders");
    expect(value("${aws_s3_bucket.b.arn}", json)).toMatchObject({
      resource: { address: "aws_s3_bucket.b" },
      attribute: "arn",
    });
    expect(value("${aws_s3_bucket.b.arn}/*", json)).toBeInstanceOf(Template);
  });

  it("evaluates locals, each in the light of the others", () => {
    const json = {
      locals: { name: "${local.prefix}-${var.stage}", prefix: "a" },
      variable: { stage: { default: "b" } },
    };
    expect(value("${local.name}", json)).toBe("a-b");
  });

  it("takes a variable's default as it is written, and does not know one without", () => {
    const json = { variable: { plain: { default: { a: ["${x}"] } }, given: {}, nothing: { default: null } } };
    expect(value("${var.plain.a[0]}", json)).toBe("${x}");
    expect(value("${var.given}", json)).toMatchObject({ reason: "var.given is given at the apply" });
    expect(value("${var.nothing == null}", json)).toBe(true);
  });

  it.each([
    ["${module.x.id}", /module's output/],
    ["${path.module}", /where Terraform runs/],
    ["${terraform.workspace}", /workspace/],
    ["${each.value}", /'each' stands for nothing/],
    ["${aws_vpc.none.id}", /s has no aws_vpc.none/],
    ["${local.none}", /no local.none/],
    ["${aws_s3_bucket.b}", /aws_s3_bucket.b as a whole/],
  ])("says why it does not know %s", (raw, reason) => {
    expect(value(raw, bucket({}))).toMatchObject({ reason: expect.stringMatching(reason) });
  });

  it("says so when a local needs itself, and ends", () => {
    const json = { locals: { a: "${local.b}", b: "${local.a}" } };
    expect(value("${local.a}", json)).toMatchObject({ reason: expect.stringContaining("depends on itself") });
  });

  it("does not follow a chain without end", () => {
    const locals = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`l${index}`, `\${local.l${index + 1}}`]),
    );
    expect(value("${local.l0}", { locals })).toMatchObject({
      reason: expect.stringContaining("a chain of more than"),
    });
  });

  it("evaluates what many refer to once", () => {
    const locals = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `l${index}`,
        index === 59 ? "x" : `\${local.l${index + 1}}\${substr(local.l${index + 1}, 0, 0)}`,
      ]),
    );
    expect(value("${local.l0}", { locals })).toBe("x");
  });
});

describe("several of one resource", () => {
  it("makes as many as 'count' says, each with its index", () => {
    const json = { resource: { aws_subnet: { S: { count: 2, tags: { n: "${count.index}" } } } } };
    const graph = new Graph({ stacks: { s: json } });
    expect(graph.all.map(({ address }) => address)).toEqual(["aws_subnet.S[0]", "aws_subnet.S[1]"]);
    expect(graph.all.map((each) => graph.configured(each, "tags"))).toEqual([{ n: 0 }, { n: 1 }]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ["a map", { a: 1, b: 2 }, ['["a"]', '["b"]']],
    ["a set", '${toset(["b", "a"])}', ['["a"]', '["b"]']],
    ["a local", "${local.names}", ['["x"]']],
    ["nothing", {}, []],
    ["what only AWS knows", "${aws_vpc.V.tags_all}", ["[?]"]],
    ["a set of what only AWS knows", "${toset([aws_vpc.V.id])}", ["[?]"]],
  ])("makes one for each of %s", (_, forEach, suffixes) => {
    const json = {
      locals: { names: ["x"] },
      resource: { aws_vpc: { V: {} }, aws_subnet: { S: { for_each: forEach } } },
    };
    expect(addresses(json).slice(1)).toEqual(suffixes.map((suffix) => `aws_subnet.S${suffix}`));
  });

  it("makes as many as there are of another, declared later", () => {
    const json = { resource: { aws_a: { A: { count: "${length(aws_b.B)}" } }, aws_b: { B: { count: 2 } } } };
    // A resource as a whole is no value here.
    expect(addresses(json)).toEqual(["aws_a.A[?]", "aws_b.B[0]", "aws_b.B[1]"]);
    const splat = {
      resource: { aws_a: { A: { count: "${length(aws_b.B[*].id)}" } }, aws_b: { B: { count: 2 } } },
    };
    expect(addresses(splat)).toHaveLength(4);
  });

  it("tells that one is there perhaps", () => {
    const json = { resource: { aws_subnet: { S: { count: "${var.many}" } } } };
    expect(new Graph({ stacks: { s: json } }).all).toMatchObject([{ uncertain: true }]);
  });

  const subnets = (block: object) => ({ resource: { aws_subnet: { S: block } } });

  it.each<[string, object, string, unknown]>([
    ["an index", { count: 2, cidr_block: "10.${count.index}" }, "${aws_subnet.S[1].cidr_block}", "10.1"],
    ["a key", { for_each: { a: "x" }, cidr_block: "${each.value}" }, '${aws_subnet.S["a"].cidr_block}', "x"],
    [
      "a splat",
      { count: 2, cidr_block: "10.${count.index}" },
      "${aws_subnet.S[*].cidr_block}",
      ["10.0", "10.1"],
    ],
    ["a splat of none", { count: 0 }, "${one(aws_subnet.S[*].id)}", null],
    ["a splat of one that is not multiplied", { cidr_block: "x" }, "${aws_subnet.S[*].cidr_block}", ["x"]],
    ["one that is not there, with a way out", { count: 0 }, '${try(aws_subnet.S[0].id, "none")}', "none"],
  ])("reads by %s", (_, block, raw, expected) => {
    expect(value([raw], subnets(block))).toEqual([expected]);
  });

  it("does not know one of an unknown number", () => {
    const json = subnets({ count: "${var.many}" });
    expect(value("${aws_subnet.S[0].id}", json)).not.toBeInstanceOf(Missing);
    expect(value("${try(aws_subnet.S[0].id, 1)}", json)).toBeInstanceOf(Unknown);
    expect(value("${aws_subnet.S[*].id}", json)).toBeInstanceOf(Unknown);
    expect(value("${aws_subnet.S.id}", json)).toBeInstanceOf(Unknown);
  });
});

describe("how JSON may write it", () => {
  it("takes each level of labels as an object or as a list of them", () => {
    expect(
      addresses({
        resource: [{ aws_vpc: [{ A: [{ cidr_block: "x" }] }, { B: {} }] }, { aws_vpc: { C: {} } }],
        data: [{ aws_region: { here: [{}] } }],
      }),
    ).toEqual(["aws_vpc.A", "aws_vpc.B", "aws_vpc.C", "data.aws_region.here"]);
  });

  it("takes '//' for a comment", () => {
    expect(
      addresses({ "//": "x", resource: { "//": "y", aws_vpc: { "//": "z", V: { "//": "!" } } } }),
    ).toEqual(["aws_vpc.V"]);
  });

  it("puts dynamic blocks behind those that are written", () => {
    const json = {
      resource: {
        aws_lambda_function: {
          f: {
            rule: [{ port: 1 }],
            dynamic: { rule: { for_each: [2, 3], content: { port: "${rule.value}" } } },
          },
        },
      },
    };
    expect(read({ s: json }, "rule")).toEqual([{ port: 1 }, { port: 2 }, { port: 3 }]);
  });
});

describe("data sources", () => {
  const json = {
    provider: { aws: [provider("eu-west-1", "111111111111")] },
    data: {
      aws_caller_identity: { me: {} },
      aws_region: { here: {} },
      aws_partition: { p: {} },
      aws_ami: { a: {} },
    },
  };

  it("know the account, the region and the partition", () => {
    const raw =
      "arn:${data.aws_partition.p.partition}:sqs:${data.aws_region.here.name}:${data.aws_caller_identity.me.account_id}";
    expect(value(raw, json)).toBe("arn:aws:sqs:eu-west-1:111111111111");
  });

  it("refer to what only AWS knows", () => {
    expect(value("${data.aws_ami.a.id}", json)).toBeInstanceOf(Reference);
  });
});
