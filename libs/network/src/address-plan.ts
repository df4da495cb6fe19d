import { prefixLength, subBlock } from "@landfall/core";

/**
 * The kinds of subnets of a VPC, by what they lead to.
 *
 * - `isolated` leads to the VPC's endpoints alone
 * - `private` leads out to the internet too, through NAT, and is not reached from there
 * - `public` leads to the internet gateway: NAT gateways and internet-facing load balancers
 * - `firewall` holds the firewall's endpoints, between private and public
 */
export const TIERS = ["isolated", "private", "public", "firewall"] as const;

export type Tier = (typeof TIERS)[number];

/** Bits between the VPC's prefix and a subnet's: 16 slots. */
const SLOT_BITS = 4;

/** Slots of a tier: one for each availability zone, and one that stays free. */
const SLOTS_PER_TIER = 4;

/**
 * The block of a tier's subnet: a sixteenth of the VPC's. Each tier has its slots whether it exists or not, so that
 * switching one on later, or adding a third availability zone, moves no other subnet.
 *
 * @param cidr the VPC's block, e.g. `10.0.0.0/16`
 * @param index the availability zone's position in the VPC's list: 0 to 2
 * @example subnetBlock("10.0.0.0/16", "private", 1) // "10.0.80.0/20"
 */
export const subnetBlock = (cidr: string, tier: Tier, index: number): string =>
  subBlock(cidr, prefixLength(cidr) + SLOT_BITS, TIERS.indexOf(tier) * SLOTS_PER_TIER + index);
