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
  return (address: string, attribute: string) => {
    const found = resolver.elements.find(
      (each) => each.address === address && each.instance.name === "tested",
    );
    if (!found) throw new Error(`no ${address}`);
    return resolver.text(found, attribute);
  };
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

  it.each([
    [
      "a value that AWS makes up",
      { aws_vpc: { X: {} } },
      "aws_vpc.X",
      "owner_id",
      /has no value 'owner_id' that is known/,
    ],
    [
      "a circle",
      { aws_sqs_queue: { X: { name: "${aws_sqs_queue.Y.name}" }, Y: { name: "${aws_sqs_queue.X.name}" } } },
      "aws_sqs_queue.X",
      "name",
      /must not depend on itself/,
    ],
    [
      "a data source that AWS alone can answer",
      { aws_sqs_queue: { X: { name: "${data.aws_ami.Y.id}" } } },
      "aws_sqs_queue.X",
      "name",
      /data\.aws_ami\.Y\.id must be an attribute/,
    ],
  ])("refuses %s", (_, resource, address, attribute, message) => {
    expect(() => resolve(resource)(address, attribute)).toThrow(message);
  });

  it.each([
    ["multiplied resources", { count: 2, name: "q" }, /must not be multiplied/],
    [
      "an unknown provider",
      { provider: "aws.far", name: "q" },
      /must name a provider of its instance, got: aws\.far/,
    ],
  ])("refuses %s", (_, config, message) => {
    expect(() => resolve({ aws_sqs_queue: { X: config } })).toThrow(message);
  });
});
