import { synthStack, testZone } from "@landfall/testing";
import { PrivateZone, type PrivateZoneProps } from "./private-zone";

const home = { vpcId: "vpc-1", region: "eu-west-1" };
const zoneOf = (vpcs: PrivateZoneProps["vpcs"], zone = testZone()) =>
  synthStack((stack) => new PrivateZone(stack, "PrivateZone", { vpcs }), { zone }).resource(
    "aws_route53_zone",
  );

describe("PrivateZone", () => {
  it("is below the account's domain, for the VPCs of all its regions", () => {
    expect(zoneOf([home, { vpcId: "vpc-2", region: "eu-central-1" }])).toMatchObject({
      name: "internal.test.example.com",
      force_destroy: false,
      vpc: [
        { vpc_id: "vpc-1", vpc_region: "eu-west-1" },
        { vpc_id: "vpc-2", vpc_region: "eu-central-1" },
      ],
    });
  });

  it("is emptied with a disposable zone", () => {
    expect(zoneOf([home], testZone({ disposable: true })).force_destroy).toBe(true);
  });

  it("takes a VPC that only Terraform knows", () => {
    expect(zoneOf([{ vpcId: "${aws_vpc.main.id}", region: "eu-west-1" }]).vpc).toEqual([
      { vpc_id: "${aws_vpc.main.id}", vpc_region: "eu-west-1" },
    ]);
  });

  it.each([[[]], [[home, home]]])("refuses %j: without a VPC it would be public", (vpcs) => {
    expect(() => zoneOf(vpcs)).toThrow("'vpcs' must be one VPC for each region, and at least one");
  });
});
