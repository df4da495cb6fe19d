import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Zone, type ZoneInput } from "@landfall/core";
import { testZone } from "@landfall/testing";
import { idleNetworkUsd, NETWORK_PRICES } from "./prices";

type Input = Partial<ZoneInput["network"]>;

const zone = (network: Input, production = false): Zone =>
  testZone({ production, network: { block: "10.0.0.0/14", vpcPrefix: 16, ...network } });

describe("idleNetworkUsd", () => {
  it.each<[string, Input, boolean, number]>([
    ["nothing but gateway endpoints", { interfaceEndpoints: [] }, false, 0],
    ["an interface endpoint in two zones", { interfaceEndpoints: ["sqs"] }, false, 14.6],
    ["two in three, by default", { availabilityZones: ["a", "b", "c"] }, false, 43.8],
    ["what FSBP asks for in production", {}, true, 116.8],
    ["public subnets, which cost nothing", { publicSubnets: true }, false, 29.2],
    ["NAT", { egress: "nat" }, false, 102.2],
    ["the firewall", { egress: "firewall", allowedDomains: [".example.com"] }, false, 613.2],
  ])("prices %s", (_, network, production, usd) => {
    expect(idleNetworkUsd(zone(network, production))).toBe(usd);
  });

  it("has the prices that the README shows", () => {
    const words = readFileSync(join(__dirname, "../README.md"), "utf8").replace(/\s+/g, " ");
    for (const { part, usd, volume } of Object.values(NETWORK_PRICES)) {
      expect(words).toContain(`| ${part} | ${usd.toFixed(2)} | ${volume} |`);
    }
  });
});
