import { AddressSet, EVERYWHERE } from "../address-set";
import { type Reference, type Resource } from "@landfall/terraform-graph";
import { type Block, type Reader } from "./reader";
import {
  type AclRule,
  type NetworkAcl,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type Vpc,
} from "./types";

/** Every port of every protocol. */
const EVERYTHING = { protocol: "all", ports: { first: 0, last: 65_535 } } as const;

/** What AWS gives a VPC, as long as nothing in the zone takes it over. */
function untouchedDefaults(label: string): Pick<Vpc, "mainTable" | "defaultAcl" | "defaultGroup"> {
  const rule = (direction: "in" | "out"): AclRule => ({
    label: `default network ACL of ${label}, ${direction}bound rule 100`,
    number: 100,
    direction,
    traffic: EVERYTHING,
    peers: EVERYWHERE,
    allows: true,
  });
  const group: SecurityGroup = {
    label: `default security group of ${label}`,
    resource: undefined,
    rules: [],
  };
  group.rules.push(
    {
      label: `${group.label}, from itself`,
      direction: "in",
      traffic: EVERYTHING,
      peer: { kind: "group", group },
    },
    {
      label: `${group.label}, to everywhere`,
      direction: "out",
      traffic: EVERYTHING,
      peer: { kind: "addresses", addresses: EVERYWHERE },
    },
  );
  return {
    mainTable: {
      label: `main route table of ${label}`,
      routes: [],
      endpoints: [],
      propagates: false,
    },
    defaultAcl: {
      label: `default network ACL of ${label}`,
      rules: [rule("in"), rule("out")],
    },
    defaultGroup: group,
  };
}

/** The VPCs with their address blocks and what AWS gives each. */
export function readVpcs(reader: Reader): ReadonlyMap<Resource, Vpc> {
  const cidr = (block: Block, name: string): string[] => {
    const text = reader.text(block, name);
    return text === undefined || reader.block(block, name).isEmpty ? [] : [text];
  };
  const secondary = [
    ...reader.blocksOfType("aws_vpc_ipv4_cidr_block_association"),
    ...reader.blocksOfType("aws_vpc_ipv6_cidr_block_association"),
  ].map((block) => ({
    vpc: reader.reference(block, "vpc_id", ["aws_vpc"])?.resource,
    cidrs: [...cidr(block, "cidr_block"), ...cidr(block, "ipv6_cidr_block")],
  }));
  return new Map(
    reader.blocksOfType("aws_vpc").map((block): [Resource, Vpc] => {
      const { resource } = block;
      if (!reader.has(block, "cidr_block")) {
        reader.problem(block, "cidr_block", "given: an address pool's choice is known to AWS alone");
      }
      const generated = reader.boolean(block, "assign_generated_ipv6_cidr_block") === true;
      const ipv6 = generated ? reader.resources.attribute(resource, "ipv6_cidr_block") : undefined;
      const cidrs = [
        ...cidr(block, "cidr_block"),
        ...(typeof ipv6 === "string" ? [ipv6] : cidr(block, "ipv6_cidr_block")),
        ...secondary.filter(({ vpc }) => vpc === resource).flatMap((association) => association.cidrs),
      ];
      const { label } = resource;
      return [
        resource,
        {
          resource,
          label,
          cidrs,
          blocks: AddressSet.of(...cidrs),
          gateways: [],
          ...untouchedDefaults(label),
        },
      ];
    }),
  );
}

/** The VPC that an argument names; a problem is noted where it names none. */
export function vpcOf(
  reader: Reader,
  vpcs: ReadonlyMap<Resource, Vpc>,
  block: Block,
  name = "vpc_id",
): Vpc | undefined {
  if (!reader.has(block, name)) reader.problem(block, name, "given");
  const reference: Reference | undefined = reader.reference(block, name, ["aws_vpc"]);
  return reference && vpcs.get(reference.resource);
}

/** The subnets; their route table and network ACL are the VPC's own until an association says otherwise. */
export function readSubnets(reader: Reader, vpcs: ReadonlyMap<Resource, Vpc>): ReadonlyMap<Resource, Subnet> {
  return new Map(
    reader.blocksOfType("aws_subnet").flatMap((block): [Resource, Subnet][] => {
      const { resource } = block;
      const vpc = vpcOf(reader, vpcs, block);
      const blocks = reader.block(block, "cidr_block").union(reader.block(block, "ipv6_cidr_block"));
      if (blocks.isEmpty) reader.problem(block, "cidr_block", "a CIDR block");
      return vpc === undefined
        ? []
        : [
            [
              resource,
              { resource, label: resource.label, vpc, blocks, table: vpc.mainTable, acl: vpc.defaultAcl },
            ],
          ];
    }),
  );
}

/** Puts something of a subnet in place of the VPC's own, once. */
export function associate<Thing extends NetworkAcl | RouteTable>(
  reader: Reader,
  block: Block,
  name: string,
  subnet: Subnet,
  taken: Map<Subnet, Thing>,
  thing: Thing,
): void {
  const before = taken.get(subnet);
  if (before !== undefined && before !== thing) {
    reader.problem(block, name, `left to ${before.label}, which ${subnet.label} has already`);
  }
  taken.set(subnet, thing);
}
