import { consumedIn } from "./consumed";

const role = "arn:aws:iam::123456789012:role/sandbox-${var.access}";
const provider = {
  aws: [
    { region: "eu-west-1", assume_role: [{ role_arn: role }] },
    { region: "eu-central-1", alias: "recovery" },
  ],
};
const reading = (block: object) => ({ provider, data: { aws_ssm_parameter: { vpcId: block } } });

describe("consumedIn", () => {
  it("tells each parameter with the region and the role of its provider", () => {
    const data = {
      aws_ssm_parameter: { vpcId: { name: "/a" }, keyArn: { name: "/b", provider: "aws.recovery" } },
    };
    expect(consumedIn({ provider, data })).toEqual([
      { block: "vpcId", parameter: "/a", region: "eu-west-1", role },
      { block: "keyArn", parameter: "/b", region: "eu-central-1", role: undefined },
    ]);
  });

  it("is empty for a stack that consumes nothing", () => {
    expect(consumedIn({ provider })).toEqual([]);
  });

  it.each<[why: string, block: object]>([
    ["its name is worked out", { name: "/landfall/${var.zone}/x" }],
    ["it is read several times", { name: "/a", count: 2 }],
    ["its provider is not declared", { name: "/a", provider: "aws.nowhere" }],
  ])("gives up on a value when %s", (_why, block) => {
    expect(consumedIn(reading(block))).toBeUndefined();
  });
});
