import { type Element } from "./element";
import { Resolver } from "./resolver";
import { type Instance } from "./zone-files";

const ACCOUNT = "222222222222";
const instance = (name: string, region: string, json: Instance["json"]): Instance => ({
  name,
  stack: name,
  account: ACCOUNT,
  region,
  json,
});

const resolve = (resource: Instance["json"], more: readonly Instance[] = [], rest: Instance["json"] = {}) => {
  const resolver = new Resolver([instance("tested", "eu-west-1", { resource, ...rest }), ...more], []);
  return (address: string, attribute: string) => resolver.text(find(resolver, address), attribute);
};

const find = (resolver: Resolver, address: string): Element => {
  const found = resolver
    .ofType(address.slice(0, address.lastIndexOf(".")))
    .find(({ label }) => label === `tested/${address}`);
  if (!found) throw new Error(`no ${address}`);
  return found;
};

describe("Resolver", () => {
  it.each([
    ["aws_s3_bucket", { bucket: "b" }, "arn", "arn:aws:s3:::b"],
    ["aws_sqs_queue", { name: "q" }, "arn", `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`],
    ["aws_sqs_queue", { name: "q" }, "url", `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/q`],
    ["aws_dynamodb_table", { name: "t" }, "arn", `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/t`],
    ["aws_iam_role", { name: "r", path: "/people/" }, "arn", `arn:aws:iam::${ACCOUNT}:role/people/r`],
    ["aws_iam_role", { name: "r" }, "id", "r"],
    ["aws_iam_policy", { name: "p" }, "id", `arn:aws:iam::${ACCOUNT}:policy/p`],
    [
      "aws_iam_openid_connect_provider",
      { url: "https://token.example.com" },
      "arn",
      `arn:aws:iam::${ACCOUNT}:oidc-provider/token.example.com`,
    ],
    ["aws_cloudtrail", { name: "t" }, "arn", `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/t`],
    ["aws_sns_topic", { name: "t" }, "id", `arn:aws:sns:eu-west-1:${ACCOUNT}:t`],
  ])("computes of %s %j '%s'", (type, config, attribute, value) => {
    expect(resolve({ [type]: { X: config } })(`${type}.X`, attribute)).toBe(value);
  });

  it("gives keys ids that are the same in every run and differ from each other", () => {
    const resource = { aws_kms_key: { A: {}, B: {}, M: { multi_region: true } } };
    const [first, again] = [resolve(resource), resolve(resource)];
    expect(first("aws_kms_key.A", "arn")).toMatch(
      /^arn:aws:kms:eu-west-1:222222222222:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    expect(again("aws_kms_key.A", "arn")).toBe(first("aws_kms_key.A", "arn"));
    expect(first("aws_kms_key.B", "arn")).not.toBe(first("aws_kms_key.A", "arn"));
    expect(first("aws_kms_key.M", "key_id")).toMatch(/^mrk-[0-9a-f]{32}$/);
  });

  it.each([
    ["far", "aws.far", "eu-central-1"],
    ["home", undefined, "eu-west-1"],
  ])("reads a contract where the consumer's provider works: %s", (_, provider, region) => {
    const published = (region: string) =>
      instance(`keys-${region}`, region, {
        resource: {
          aws_kms_key: { Data: {} },
          aws_ssm_parameter: { Arn: { name: "/keys/arn", value: "${aws_kms_key.Data.arn}" } },
        },
      });
    const read = resolve(
      {
        aws_sqs_queue: {
          Q: { name: "q", kms_master_key_id: "${data.aws_ssm_parameter.Arn.insecure_value}" },
        },
      },
      [published("eu-west-1"), published("eu-central-1")],
      {
        provider: { aws: [{ region: "eu-west-1" }, { region: "eu-central-1", alias: "far" }] },
        data: { aws_ssm_parameter: { Arn: { name: "/keys/arn", provider } } },
      },
    );
    expect(read("aws_sqs_queue.Q", "kms_master_key_id")).toMatch(new RegExp(`^arn:aws:kms:${region}:`));
  });

  it("puts a resource where its provider works", () => {
    const read = resolve({ aws_sqs_queue: { Q: { name: "q", provider: "aws.far" } } }, [], {
      provider: {
        aws: [{}, { alias: "far", region: "eu-central-1", allowed_account_ids: ["333333333333"] }],
      },
    });
    expect(read("aws_sqs_queue.Q", "arn")).toBe("arn:aws:sqs:eu-central-1:333333333333:q");
  });

  it("reads each of several copies", () => {
    const queues = { for_each: { a: "first", b: "second" }, name: "${each.value}" };
    const resolver = new Resolver(
      [instance("tested", "eu-west-1", { resource: { aws_sqs_queue: { X: queues } } })],
      [],
    );
    expect(resolver.ofType("aws_sqs_queue").map((element) => resolver.text(element, "arn"))).toEqual([
      `arn:aws:sqs:eu-west-1:${ACCOUNT}:first`,
      `arn:aws:sqs:eu-west-1:${ACCOUNT}:second`,
    ]);
  });

  it("gives a resource the tags of its provider, under its own", () => {
    const resolver = new Resolver(
      [
        instance("tested", "eu-west-1", {
          provider: {
            aws: [
              { default_tags: [{ tags: { zone: "home", owner: "all" } }] },
              { alias: "far", default_tags: { tags: { zone: "far" } } },
            ],
          },
          resource: {
            aws_sqs_queue: {
              Home: { name: "q", tags: { owner: "${aws_sqs_queue.Home.name}" } },
              Far: { provider: "${aws.far}" },
              Lost: { tags: { owner: "${aws_vpc.X.owner_id}" } },
            },
            aws_vpc: { X: {} },
          },
        }),
      ],
      [],
    );
    const tags = (name: string) => resolver.tags(find(resolver, `aws_sqs_queue.${name}`));
    expect(tags("Home")).toEqual({ zone: "home", owner: "q" });
    expect(tags("Far")).toEqual({ zone: "far" });
    expect(() => tags("Lost")).toThrow(
      "'tags' of tested/aws_sqs_queue.Lost: tested/aws_vpc.X.owner_id is not known before it is deployed",
    );
  });

  it.each([
    ["its e-mail address", { email: "a@example.com", name: "other" }, "111111111111"],
    ["its name", { email: "new@example.com", name: "b" }, ACCOUNT],
  ])("knows an account that the organization makes by %s", (_, config, id) => {
    const resolver = new Resolver(
      [instance("tested", "eu-west-1", { resource: { aws_organizations_account: { X: config } } })],
      [
        { name: "a", id: "111111111111", management: false, email: "a@example.com" },
        { name: "b", id: ACCOUNT, management: false },
      ],
    );
    expect(resolver.text(find(resolver, "aws_organizations_account.X"), "id")).toBe(id);
  });

  it("tells an argument that is left out from one that is not known", () => {
    const resource = {
      aws_sqs_queue: {
        X: { name: null, policy: "a ${aws_vpc.Y.owner_id}", tags: { a: ["${var.b}"] } },
      },
      aws_vpc: { Y: {} },
    };
    const resolver = new Resolver([instance("tested", "eu-west-1", { resource })], []);
    const queue = find(resolver, "aws_sqs_queue.X");
    expect(resolver.optional(queue, "name")).toBeUndefined();
    expect(() => resolver.optional(queue, "policy")).toThrow(
      "'policy' of tested/aws_sqs_queue.X: tested/aws_vpc.Y.owner_id is not known",
    );
    expect(() => resolver.optional(queue, "tags")).toThrow(
      "'tags' of tested/aws_sqs_queue.X: var.b is given at the apply",
    );
  });

  it.each([
    [
      "a value that AWS makes up",
      { aws_vpc: { X: {} } },
      "aws_vpc.X",
      "owner_id",
      /'owner_id' of tested\/aws_vpc\.X: tested\/aws_vpc\.X\.owner_id is not known before it is deployed/,
    ],
    [
      "an ARN that such a value is part of",
      { aws_vpc: { X: {} }, aws_sqs_queue: { X: { name: "q-${aws_vpc.X.owner_id}" } } },
      "aws_sqs_queue.X",
      "arn",
      /'arn' of tested\/aws_sqs_queue\.X: .*tested\/aws_vpc\.X\.owner_id is not known before it is deployed/,
    ],
    [
      "what a function makes of such a value",
      { aws_vpc: { X: {} }, aws_sqs_queue: { X: { name: '${join("", aws_vpc.X.ids)}' } } },
      "aws_sqs_queue.X",
      "name",
      /'name' of tested\/aws_sqs_queue\.X: tested\/aws_vpc\.X\.ids is not known before it is deployed/,
    ],
    [
      "a circle",
      { aws_sqs_queue: { X: { name: "${aws_sqs_queue.Y.name}" }, Y: { name: "${aws_sqs_queue.X.name}" } } },
      "aws_sqs_queue.X",
      "name",
      /aws_sqs_queue\.X\.name depends on itself/,
    ],
    [
      "a data source that AWS alone can answer",
      { aws_sqs_queue: { X: { name: "${data.aws_ami.Y.id}" } } },
      "aws_sqs_queue.X",
      "name",
      /'name' of tested\/aws_sqs_queue\.X: tested\/data\.aws_ami\.Y\.id is not known before it is deployed/,
    ],
    [
      "a list in a text",
      { aws_sqs_queue: { X: { name: ["a"] } } },
      "aws_sqs_queue.X",
      "name",
      /'name' of tested\/aws_sqs_queue\.X must be a text, got: \["a"\]/,
    ],
    [
      "an expression that it does not know",
      { aws_sqs_queue: { X: { name: "%{ if true }x%{ endif }" } } },
      "aws_sqs_queue.X",
      "name",
      /'name' of tested\/aws_sqs_queue\.X: the expression can't be read/,
    ],
    [
      "an account that is not the zone's",
      { aws_organizations_account: { X: { name: "stray", email: "stray@example.com" } } },
      "aws_organizations_account.X",
      "id",
      /'id' of tested\/aws_organizations_account\.X: it must be an account of the zone, got: stray, stray@example\.com/,
    ],
  ])("refuses %s", (_, resource, address, attribute, message) => {
    const read = resolve(resource, [], { data: { aws_ami: { Y: {} } } });
    expect(() => read(address, attribute)).toThrow(message);
  });

  it.each([
    [
      "copies of unknown number",
      { count: "${var.number}", name: "q" },
      /aws_sqs_queue\.X\[\?\] must be multiplied by what is known/,
    ],
    [
      "an unknown provider",
      { provider: "aws.far", name: "q" },
      /must name a provider of its instance, got: aws\.far/,
    ],
  ])("refuses %s", (_, config, message) => {
    expect(() => resolve({ aws_sqs_queue: { X: config } })).toThrow(message);
  });
});
