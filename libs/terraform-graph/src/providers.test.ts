import { Graph } from "./graph";
import { type TerraformJson } from "./terraform-json";

describe("the place of a resource", () => {
  const placed = (json: TerraformJson) => new Graph({ stacks: { s: json } }).all[0];

  it("comes from its provider, whose region may be a variable", () => {
    const json = {
      variable: { region: { default: "eu-west-1" } },
      provider: { aws: { region: "${var.region}", allowed_account_ids: ["111111111111"] } },
      resource: { aws_vpc: { V: {} } },
    };
    expect(placed(json)).toMatchObject({ region: "eu-west-1", account: "111111111111" });
  });

  it("is the region that it names itself", () => {
    const json = {
      provider: { aws: { region: "eu-west-1" } },
      resource: { aws_vpc: { V: { region: "us-east-1" } } },
    };
    expect(placed(json)).toMatchObject({ region: "us-east-1", account: undefined });
  });

  it("is that of an aliased provider, as a name or as an expression", () => {
    const aws = [{ region: "eu-west-1" }, { alias: "west", region: "us-west-2" }];
    for (const name of ["aws.west", "${aws.west}"]) {
      expect(placed({ provider: { aws }, resource: { aws_vpc: { V: { provider: name } } } })).toMatchObject({
        region: "us-west-2",
      });
    }
  });

  it("is not known where nothing tells it", () => {
    const json = { provider: { aws: { region: "${var.region}" } }, resource: { aws_vpc: { V: {} } } };
    expect(placed(json)).toMatchObject({ region: undefined, account: undefined });
  });
});
