import { type Resource } from "@landfall/terraform-graph";
import { type Block, type Reader } from "./reader";
import { TABLE_TYPES } from "./routes";
import { type GatewayEndpoint, type RouteTable, type Vpc } from "./types";
import { vpcOf } from "./vpcs";

/** The gateway endpoints, each noted in the route tables that lead to it. */
export function readGatewayEndpoints(
  reader: Reader,
  vpcs: ReadonlyMap<Resource, Vpc>,
  tableOf: (resource: Resource) => RouteTable | undefined,
): readonly GatewayEndpoint[] {
  const endpoints = new Map<Resource, GatewayEndpoint>();
  const lead = (block: Block, name: string, endpoint: GatewayEndpoint) => {
    const references =
      name === "route_table_id"
        ? [reader.reference(block, name, TABLE_TYPES)]
        : reader.references(block, name, TABLE_TYPES);
    for (const reference of references) {
      const table = reference && tableOf(reference.resource);
      if (table && !table.endpoints.includes(endpoint)) table.endpoints.push(endpoint);
    }
  };
  for (const block of reader.blocksOfType("aws_vpc_endpoint")) {
    if ((reader.text(block, "vpc_endpoint_type") ?? "Gateway") !== "Gateway") continue;
    const vpc = vpcOf(reader, vpcs, block);
    const service = reader.text(block, "service_name");
    if (!vpc || service === undefined) continue;
    const { label } = block.resource;
    const endpoint: GatewayEndpoint = {
      kind: "service",
      label,
      title: `gateway endpoint ${service.split(".").slice(3).join(".")} of ${block.resource.stack}`,
      vpc,
      service,
    };
    endpoints.set(block.resource, endpoint);
    lead(block, "route_table_ids", endpoint);
  }
  for (const block of reader.blocksOfType("aws_vpc_endpoint_route_table_association")) {
    const reference = reader.reference(block, "vpc_endpoint_id", ["aws_vpc_endpoint"]);
    const endpoint = reference && endpoints.get(reference.resource);
    if (endpoint) lead(block, "route_table_id", endpoint);
  }
  return [...endpoints.values()];
}
