import { type AddressSet } from "../address-set";
import { lookUp } from "../network/routes";
import { type Subnet, type Vpc } from "../network/types";
import { type Destination } from "./types";

/** A packet's step from one subnet to the next; without `to` it leaves the zone's subnets. */
export interface Crossing {
  readonly from: Subnet;
  readonly to: Subnet | undefined;
  readonly words: string;
  /** What stands in the subnet that it goes to: a firewall passes packets on, a NAT gateway sends them as its own. */
  readonly device?: "inspection" | "nat";
  /** A connection to another VPC, whose subnet must have a route back. */
  readonly returnBy?: string;
}

/** A way that some of the destinations' addresses are led. */
export interface Way {
  readonly destinations: AddressSet;
  readonly crossings: readonly Crossing[];
  /** Why it ends before it arrives. */
  readonly stop?: string;
  /** How it leaves the zone's VPCs, if it does. */
  readonly leavesBy?: "internetGateway" | "egressOnlyGateway" | "elsewhere";
}

interface Walk {
  readonly destination: Destination;
  /** The subnet of the interface that it goes to. */
  readonly end: Subnet | undefined;
  /** Who sends it, in words. */
  readonly sender: string;
}

/** The VPC that holds the destination, if one does. */
const vpcOf = (destination: Destination): Vpc | undefined =>
  "vpc" in destination ? destination.vpc : undefined;

/**
 * Follows the route tables from a subnet to a destination, through firewalls and NAT gateways, once for each part of
 * the destination's addresses that has its own route.
 *
 * @param hasPublicAddress whether an internet gateway can give the packets a public IPv4 source; IPv6 needs none
 */
export function walk(
  at: Subnet,
  addresses: AddressSet,
  hasPublicAddress: boolean,
  goal: Walk,
  before: readonly Crossing[] = [],
): readonly Way[] {
  const { destination, end } = goal;
  const table = at.table.label;
  if (destination.kind === "service") {
    const known = at.table.endpoints.includes(destination);
    const words = `${table} leads to gateway endpoint ${destination.label}`;
    return [
      known
        ? { destinations: addresses, crossings: [...before, { from: at, to: undefined, words }] }
        : {
            destinations: addresses,
            crossings: before,
            stop: `${table} does not lead to gateway endpoint ${destination.label}`,
          },
    ];
  }
  return lookUp(at.table, addresses).flatMap(({ destinations, route }): readonly Way[] => {
    const stopped = (stop: string): readonly Way[] => [{ destinations, crossings: before, stop }];
    if (!route) return stopped(`${table} has no route to ${destination.title}`);
    const { target, label } = route;
    const arrive = (words: string, more: Partial<Way> = {}, returnBy?: string): readonly Way[] => [
      {
        destinations,
        crossings: [...before, { from: at, to: end, words, ...(returnBy === undefined ? {} : { returnBy }) }],
        ...more,
      },
    ];
    const through = (subnet: Subnet, device: "inspection" | "nat", words: string, isPublic: boolean) =>
      before.some(({ from }) => from === subnet) || subnet === at
        ? stopped(`${label} leads in a circle`)
        : walk(subnet, destinations, isPublic, goal, [...before, { from: at, to: subnet, words, device }]);

    switch (target.kind) {
      case "local":
        return arrive(label);
      case "internetGateway": {
        if (destination.kind !== "internet") return stopped(`${label} leads to the internet`);
        return hasPublicAddress || destinations.family(4).isEmpty
          ? arrive(`${label} leads to the internet gateway`, { leavesBy: "internetGateway" })
          : stopped(`${label} leads to the internet gateway, but ${goal.sender} has no public address`);
      }
      case "egressOnlyGateway":
        return destination.kind === "internet"
          ? arrive(`${label} leads to the egress-only gateway`, { leavesBy: "egressOnlyGateway" })
          : stopped(`${label} leads to the internet`);
      case "nat":
        return through(target.subnet, "nat", `${label} leads to NAT gateway ${target.label}`, target.public);
      case "inspection":
        return through(
          target.subnet,
          "inspection",
          `${label} leads through firewall ${target.label}, whose own rules may refuse it`,
          hasPublicAddress,
        );
      case "peering": {
        const other = vpcOf(destination);
        return other && other !== at.vpc && target.vpcs.includes(other) && target.vpcs.includes(at.vpc)
          ? arrive(`${label} leads to ${other.label}`, {}, target.label)
          : stopped(`${label} leads to another VPC`);
      }
      case "elsewhere":
        return arrive(`${label} leads out of what is modelled (${target.label}), taken to arrive`, {
          leavesBy: "elsewhere",
        });
    }
  });
}
