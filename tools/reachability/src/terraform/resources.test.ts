import { Resources } from "./resources";
import { Reference, Unknown, type Value } from "./value";
import { type TerraformJson } from "./zone";

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

function read(instances: Record<string, TerraformJson>, name: string): Value {
  const resources = new Resources({ name: "demo", instances });
  const [resource] = resources.ofType("aws_lambda_function");
  if (!resource) throw new Error("no function");
  return resources.attribute(resource, name);
}

const labels = (value: Value) =>
  Array.isArray(value)
    ? value.map((item: Value) => (item instanceof Reference ? item.resource.label : item))
    : value;

describe("Resources", () => {
  it("follows a contract to the resource of another stack", () => {
    const value = read({ net: owner("${aws_vpc.Vpc.id}"), app: consumer() }, "text");
    expect(value).toBeInstanceOf(Reference);
    expect(value).toMatchObject({ resource: { label: "net/aws_vpc.Vpc" }, attribute: "id" });
  });

  it("splits what the owner joined", () => {
    const instances = { net: owner('${join(",", [aws_subnet.A.id, aws_subnet.B.id])}'), app: consumer() };
    expect(labels(read(instances, "list"))).toEqual(["net/aws_subnet.A", "net/aws_subnet.B"]);
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
    const instances = {
      net: owner("${aws_vpc.Vpc.id}", [provider("eu-central-1", "111111111111")]),
      app: consumer(),
    };
    expect(read(instances, "text")).toMatchObject({
      reason:
        "no stack of zone 'demo' publishes '/landfall/demo/network/value' in account 111111111111, eu-west-1",
    });
  });

  it("reads from another account and region through an aliased provider", () => {
    const role = { role_arn: "arn:aws:iam::222222222222:role/demo-${var.access}" };
    const instances = {
      net: owner("${aws_vpc.Vpc.id}", [provider("eu-central-1", "222222222222")]),
      app: consumer(
        [
          provider("eu-west-1", "111111111111"),
          { alias: "other", region: "eu-central-1", assume_role: [role] },
        ],
        { provider: "aws.other" },
      ),
    };
    expect(read(instances, "text")).toMatchObject({ resource: { label: "net/aws_vpc.Vpc" } });
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
        ...(consumer()["resource"] as object),
        aws_ssm_parameter: {
          Own: { name: "/landfall/demo/network/value", value: "${data.aws_ssm_parameter.Value.value}" },
        },
      },
    };
    expect(read({ app: circle }, "text")).toBeInstanceOf(Unknown);
  });
});
