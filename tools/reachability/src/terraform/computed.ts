import {
  type Graph,
  isList,
  isObject,
  Reference,
  referTo,
  type Resource,
  Unknown,
  type Value,
} from "@landfall/terraform-graph";

/** An IPv6 /56 for a VPC that AWS gives one: from the block for documentation, a different one for each VPC. */
function generatedIpv6Block(resources: Graph, vpc: Resource): Value {
  const index = resources.ofType("aws_vpc").indexOf(vpc);
  return `2001:db8:${(index + 1).toString(16)}::/56`;
}

/** The endpoints of a firewall, one for each of its subnets: AWS fills them in under `firewall_status`. */
function firewallStatus(resources: Graph, firewall: Resource): Value {
  const mapping = resources.attribute(firewall, "subnet_mapping");
  const blocks = isList(mapping) ? mapping : [mapping];
  return [
    {
      sync_states: blocks.map((block, index) => {
        const subnet = isObject(block) ? (block["subnet_id"] ?? null) : null;
        return {
          availability_zone:
            subnet instanceof Reference
              ? resources.attribute(subnet.resource, "availability_zone")
              : new Unknown("the subnet of a firewall endpoint is not known"),
          attachment: [{ endpoint_id: new Reference(firewall, `endpoint:${index}`), subnet_id: subnet }],
        };
      }),
    },
  ];
}

/** What AWS fills in, where the configuration tells enough to derive it; else a reference that stands for it. */
export function computed(resources: Graph, resource: Resource, name: string): Value {
  const { type } = resource;
  if (type === "aws_networkfirewall_firewall" && name === "firewall_status") {
    return firewallStatus(resources, resource);
  }
  if (type === "aws_vpc" && name === "ipv6_cidr_block") return generatedIpv6Block(resources, resource);
  return referTo(resources, resource, name);
}
