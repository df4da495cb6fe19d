import { interfaceEndpoints, type Zone } from "@landfall/core";

/** What a part of a network costs while nothing goes through it. */
export interface NetworkPrice {
  readonly part: string;
  /** USD a month (730 hours) for each availability zone, by the list prices of us-east-1 of 2026. */
  readonly usd: number;
  /** What volume adds. */
  readonly volume: string;
}

/**
 * The parts that cost something by the hour. All else of a VPC is free or priced by volume alone.
 *
 * @see https://aws.amazon.com/vpc/pricing, https://aws.amazon.com/privatelink/pricing,
 * https://aws.amazon.com/network-firewall/pricing
 */
export const NETWORK_PRICES = {
  interfaceEndpoint: { part: "An interface endpoint", usd: 7.3, volume: "0.01 a GB" },
  natGateway: { part: "A NAT gateway", usd: 32.85, volume: "0.045 a GB" },
  natAddress: { part: "Its public address", usd: 3.65, volume: "none" },
  firewallEndpoint: { part: "A firewall endpoint", usd: 288.35, volume: "0.065 a GB" },
} as const satisfies Readonly<Record<string, NetworkPrice>>;

/**
 * What an idle VPC of a zone costs, in USD a month. A NAT gateway's hours and volume are not charged where a firewall's
 * endpoint stands before it.
 */
export function idleNetworkUsd(zone: Zone): number {
  const { interfaceEndpoint, natGateway, natAddress, firewallEndpoint } = NETWORK_PRICES;
  const egress = {
    none: 0,
    nat: natGateway.usd + natAddress.usd,
    firewall: firewallEndpoint.usd + natAddress.usd,
  }[zone.network.egress];
  const each = interfaceEndpoints(zone).length * interfaceEndpoint.usd + egress;
  return Math.round(each * zone.network.availabilityZones.length * 100) / 100;
}
