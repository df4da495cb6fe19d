import { overlaps } from "@landfall/core";
import { subnetBlock, TIERS } from "./address-plan";

describe("subnetBlock", () => {
  it.each([
    ["isolated", 0, "10.0.0.0/20"],
    ["isolated", 2, "10.0.32.0/20"],
    ["private", 0, "10.0.64.0/20"],
    ["private", 2, "10.0.96.0/20"],
    ["public", 0, "10.0.128.0/20"],
    ["public", 2, "10.0.160.0/20"],
    ["firewall", 0, "10.0.192.0/20"],
    ["firewall", 2, "10.0.224.0/20"],
  ] as const)("gives %s subnet %i the block %s of a /16", (tier, index, block) => {
    expect(subnetBlock("10.0.0.0/16", tier, index)).toBe(block);
  });

  it("gives the smallest VPC subnets that a firewall and endpoints still fit into", () => {
    expect(subnetBlock("10.0.0.0/22", "firewall", 2)).toBe("10.0.3.128/26");
  });

  it.each(["10.0.0.0/16", "10.8.64.0/18", "10.0.252.0/22"])("overlaps nowhere in %s", (cidr) => {
    const blocks = TIERS.flatMap((tier) => [0, 1, 2].map((index) => subnetBlock(cidr, tier, index)));
    const clashes = blocks.flatMap((block, index) =>
      blocks.slice(index + 1).filter((other) => overlaps(block, other)),
    );
    expect(clashes).toEqual([]);
    expect(blocks.every((block) => overlaps(block, cidr))).toBe(true);
  });
});
