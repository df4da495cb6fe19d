import { type Resource } from "@landfall/terraform-graph";
import { type Block, type Reader } from "./reader";
import { type AclRule, type NetworkAcl, type Subnet, type Vpc } from "./types";
import { associate, vpcOf } from "./vpcs";

/** The highest number that a rule of ours can have: AWS denies what is left. */
const LAST_RULE = 32_766;

function readRule(reader: Reader, block: Block, names: AclNames, direction: "in" | "out"): AclRule {
  const number = reader.number(block, names.number);
  const action = reader.text(block, names.action)?.toLowerCase();
  if (number === undefined) reader.problem(block, names.number, `a number from 1 to ${LAST_RULE}`);
  if (action !== "allow" && action !== "deny") reader.problem(block, names.action, "allow or deny");
  return {
    label: `network ACL ${block.resource.label} rule ${number ?? "?"}`,
    number: number ?? LAST_RULE,
    direction,
    traffic: reader.traffic(block, "protocol"),
    peers: reader.block(block, "cidr_block").union(reader.block(block, "ipv6_cidr_block")),
    allows: action === "allow",
  };
}

/** The same values have other names in a block than in a resource of their own. */
interface AclNames {
  readonly number: string;
  readonly action: string;
}

const INLINE: AclNames = { number: "rule_no", action: "action" };
const SEPARATE: AclNames = { number: "rule_number", action: "rule_action" };

const inlineRules = (reader: Reader, block: Block): AclRule[] =>
  (["in", "out"] as const).flatMap((direction) =>
    reader
      .blocks(block, direction === "in" ? "ingress" : "egress")
      .map((rule) => readRule(reader, rule, INLINE, direction)),
  );

/**
 * Reads network ACLs and gives each subnet its own.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function readAcls(
  reader: Reader,
  vpcs: ReadonlyMap<Resource, Vpc>,
  subnets: ReadonlyMap<Resource, Subnet>,
): readonly NetworkAcl[] {
  const acls = new Map<Resource, NetworkAcl>();
  const taken = new Map<Subnet, NetworkAcl>();
  const serve = (block: Block, name: string, acl: NetworkAcl) => {
    const references =
      name === "subnet_id"
        ? [reader.reference(block, name, ["aws_subnet"])]
        : reader.references(block, name, ["aws_subnet"]);
    for (const reference of references) {
      const subnet = reference && subnets.get(reference.resource);
      if (subnet) associate(reader, block, name, subnet, taken, acl);
    }
  };

  for (const block of reader.blocksOfType("aws_default_network_acl")) {
    const owner = reader.reference(block, "default_network_acl_id", ["aws_vpc.default_network_acl_id"]);
    const vpc = owner && vpcs.get(owner.resource);
    const { resource } = block;
    const acl: NetworkAcl = {
      label: `network ACL ${resource.label}`,
      rules: inlineRules(reader, block),
    };
    acls.set(resource, acl);
    if (!vpc) continue;
    for (const subnet of subnets.values()) if (subnet.acl === vpc.defaultAcl) subnet.acl = acl;
    vpc.defaultAcl = acl;
    serve(block, "subnet_ids", acl);
  }
  for (const block of reader.blocksOfType("aws_network_acl")) {
    const { resource } = block;
    vpcOf(reader, vpcs, block);
    const acl: NetworkAcl = {
      label: `network ACL ${resource.label}`,
      rules: inlineRules(reader, block),
    };
    acls.set(resource, acl);
    serve(block, "subnet_ids", acl);
  }

  const named = (block: Block): NetworkAcl | undefined => {
    const types = ["aws_network_acl", "aws_default_network_acl", "aws_vpc.default_network_acl_id"];
    const resource = reader.reference(block, "network_acl_id", types)?.resource;
    return resource && (acls.get(resource) ?? vpcs.get(resource)?.defaultAcl);
  };
  for (const block of reader.blocksOfType("aws_network_acl_rule")) {
    const direction = reader.boolean(block, "egress") === true ? "out" : "in";
    named(block)?.rules.push(readRule(reader, block, SEPARATE, direction));
  }
  for (const block of reader.blocksOfType("aws_network_acl_association")) {
    const acl = named(block);
    if (acl) serve(block, "subnet_id", acl);
  }
  for (const [subnet, acl] of taken) subnet.acl = acl;
  return [...new Set([...acls.values(), ...[...vpcs.values()].map(({ defaultAcl }) => defaultAcl)])];
}
