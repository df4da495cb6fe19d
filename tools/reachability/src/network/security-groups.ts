import { AddressSet } from "../address-set";
import { type Reference, type Resource } from "@landfall/terraform-graph";
import { type PrefixLists } from "./prefix-lists";
import { type Block, type Reader } from "./reader";
import { type GroupRule, type Peer, type SecurityGroup, type Vpc } from "./types";
import { vpcOf } from "./vpcs";

/** What a reference to a security group may lead to: `aws_vpc` by its default group. */
export const GROUP_TYPES = [
  "aws_security_group",
  "aws_default_security_group",
  "aws_vpc.default_security_group_id",
];

/** Where the peers of a rule stand: each of the ways to write one has its own names. */
interface PeerNames {
  readonly blocks: readonly string[];
  readonly lists: readonly string[];
  readonly groups: readonly string[];
}

const LISTED: PeerNames = {
  blocks: ["cidr_blocks", "ipv6_cidr_blocks"],
  lists: ["prefix_list_ids"],
  groups: ["security_groups"],
};
const SINGLE: PeerNames = {
  blocks: ["cidr_ipv4", "cidr_ipv6"],
  lists: ["prefix_list_id"],
  groups: ["referenced_security_group_id"],
};

/** The security groups by what a reference names. */
export interface SecurityGroups {
  readonly all: readonly SecurityGroup[];
  readonly named: (reference: Reference) => SecurityGroup | undefined;
}

/**
 * Reads security groups with their rules, inline or separate.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export function readSecurityGroups(
  reader: Reader,
  vpcs: ReadonlyMap<Resource, Vpc>,
  prefixLists: PrefixLists,
): SecurityGroups {
  const groups = new Map<Resource, SecurityGroup>();
  const inline: (readonly [Block, SecurityGroup])[] = [];
  for (const type of ["aws_default_security_group", "aws_security_group"]) {
    for (const block of reader.blocksOfType(type)) {
      const { resource } = block;
      const vpc = vpcOf(reader, vpcs, block);
      const group: SecurityGroup = { label: `security group ${resource.label}`, resource, rules: [] };
      groups.set(resource, group);
      inline.push([block, group]);
      if (vpc && type === "aws_default_security_group") vpc.defaultGroup = group;
    }
  }
  const named = ({ resource }: Reference) => groups.get(resource) ?? vpcs.get(resource)?.defaultGroup;

  const peers = (block: Block, names: PeerNames, own: SecurityGroup): Peer[] => {
    const single = names === SINGLE;
    const addresses = names.blocks
      .map((name) => (single ? reader.block(block, name) : reader.cidrs(block, name)))
      .reduce((all, set) => all.union(set), AddressSet.none);
    const listed = names.lists.flatMap((name) => prefixLists.peers(block, name, single));
    const referenced = names.groups.flatMap((name) => {
      const references = single
        ? [reader.reference(block, name, GROUP_TYPES)]
        : reader.references(block, name, GROUP_TYPES);
      return references.flatMap((reference) => (reference && named(reference)) ?? []);
    });
    const self = !single && reader.boolean(block, "self") === true ? [own] : [];
    return [
      ...(addresses.isEmpty ? [] : [{ kind: "addresses", addresses } as const]),
      ...listed,
      ...[...referenced, ...self].map((group) => ({ kind: "group", group }) as const),
    ];
  };
  const rules = (
    block: Block,
    direction: GroupRule["direction"],
    names: PeerNames,
    protocolName: string,
    group: SecurityGroup,
  ) => {
    const label = `security group rule ${block.resource.label}${block.path === "" ? "" : ` ${block.path.replace(/\.$/, "")}`}`;
    const traffic = reader.traffic(block, protocolName);
    for (const peer of peers(block, names, group)) group.rules.push({ label, direction, traffic, peer });
  };

  for (const [block, group] of inline) {
    for (const rule of reader.blocks(block, "ingress")) rules(rule, "in", LISTED, "protocol", group);
    for (const rule of reader.blocks(block, "egress")) rules(rule, "out", LISTED, "protocol", group);
  }
  const ownerOf = (block: Block) => {
    const reference = reader.reference(block, "security_group_id", GROUP_TYPES);
    return reference && named(reference);
  };
  for (const block of reader.blocksOfType("aws_security_group_rule")) {
    const group = ownerOf(block);
    const direction = reader.text(block, "type") === "egress" ? "out" : "in";
    const names: PeerNames = { ...LISTED, groups: [] };
    if (!group) continue;
    rules(block, direction, names, "protocol", group);
    const source = reader.reference(block, "source_security_group_id", GROUP_TYPES);
    const other = source && named(source);
    if (other) {
      group.rules.push({
        label: `security group rule ${block.resource.label}`,
        direction,
        traffic: reader.traffic(block, "protocol"),
        peer: { kind: "group", group: other },
      });
    }
  }
  for (const direction of ["in", "out"] as const) {
    const type = `aws_vpc_security_group_${direction === "in" ? "ingress" : "egress"}_rule`;
    for (const block of reader.blocksOfType(type)) {
      const group = ownerOf(block);
      if (group) rules(block, direction, SINGLE, "ip_protocol", group);
    }
  }
  return {
    all: [...new Set([...groups.values(), ...[...vpcs.values()].map(({ defaultGroup }) => defaultGroup)])],
    named,
  };
}
