import { AddressSet, EVERYWHERE, PRIVATE } from "../address-set";
import { type Resource } from "@landfall/terraform-graph";
import { type PrefixLists } from "./prefix-lists";
import { type Block, type Reader } from "./reader";
import { type Route, type RouteTable, type Subnet, type Target, type Vpc } from "./types";
import { associate, vpcOf } from "./vpcs";

/** What a reference to a route table may lead to: `aws_vpc` by its main one. */
export const TABLE_TYPES = [
  "aws_route_table",
  "aws_default_route_table",
  "aws_vpc.main_route_table_id",
  "aws_vpc.default_route_table_id",
];

/** Arguments of a route that lead out of what is modelled. */
const ELSEWHERE = [
  "carrier_gateway_id",
  "core_network_arn",
  "instance_id",
  "local_gateway_id",
  "network_interface_id",
  "transit_gateway_id",
];

/** The same destination has other names in a block than in a resource of its own. */
const INLINE_BLOCKS = ["cidr_block", "ipv6_cidr_block"];
const SEPARATE_BLOCKS = ["destination_cidr_block", "destination_ipv6_cidr_block"];

interface Context {
  readonly reader: Reader;
  readonly vpcs: ReadonlyMap<Resource, Vpc>;
  readonly subnets: ReadonlyMap<Resource, Subnet>;
  readonly prefixLists: PrefixLists;
}

/** The subnet of the n-th endpoint of a firewall, or of a Gateway Load Balancer's endpoint. */
function inspection({ reader, subnets }: Context, block: Block): Target | undefined {
  const types = ["aws_networkfirewall_firewall", "aws_vpc_endpoint.id"];
  const reference = reader.reference(block, "vpc_endpoint_id", types);
  if (!reference) return undefined;
  const owner: Block = { resource: reference.resource, path: "" };
  const index = /^endpoint:(\d+)$/.exec(reference.attribute)?.[1];
  const places =
    index === undefined
      ? reader.references(owner, "subnet_ids", ["aws_subnet"])
      : reader
          .blocks(owner, "subnet_mapping")
          .slice(Number(index), Number(index) + 1)
          .map((mapping) => reader.reference(mapping, "subnet_id", ["aws_subnet"]));
  const subnet = places[0] && subnets.get(places[0].resource);
  if (!subnet) reader.problem(block, "vpc_endpoint_id", "an endpoint whose subnet is known");
  return subnet && { kind: "inspection", label: reference.resource.label, subnet };
}

function nat({ reader, subnets }: Context, block: Block): Target | undefined {
  const gateway = reader.reference(block, "nat_gateway_id", ["aws_nat_gateway"])?.resource;
  if (!gateway) return undefined;
  const own: Block = { resource: gateway, path: "" };
  if (!reader.has(own, "subnet_id")) reader.problem(own, "subnet_id", "given");
  const place = reader.reference(own, "subnet_id", ["aws_subnet"]);
  const subnet = place && subnets.get(place.resource);
  const reaches = reader.text(own, "connectivity_type") ?? "public";
  return subnet && { kind: "nat", label: gateway.label, subnet, public: reaches === "public" };
}

function peering({ reader, vpcs }: Context, block: Block): Target | undefined {
  const connection = reader.reference(block, "vpc_peering_connection_id", [
    "aws_vpc_peering_connection",
    "aws_vpc_peering_connection_accepter",
  ])?.resource;
  if (!connection) return undefined;
  const own: Block = { resource: connection, path: "" };
  const ends = ["vpc_id", "peer_vpc_id"].flatMap((name) => {
    const end = connection.type === "aws_vpc_peering_connection" && reader.reference(own, name, ["aws_vpc"]);
    return (end && vpcs.get(end.resource)) || [];
  });
  return ends.length === 2
    ? { kind: "peering", label: connection.label, vpcs: ends }
    : { kind: "elsewhere", label: connection.label };
}

function target(context: Context, block: Block): Target | undefined {
  const { reader } = context;
  if (reader.has(block, "nat_gateway_id")) return nat(context, block);
  if (reader.has(block, "vpc_endpoint_id")) return inspection(context, block);
  if (reader.has(block, "vpc_peering_connection_id")) return peering(context, block);
  if (reader.has(block, "egress_only_gateway_id")) {
    return reader.reference(block, "egress_only_gateway_id", ["aws_egress_only_internet_gateway"])
      ? { kind: "egressOnlyGateway" }
      : undefined;
  }
  if (reader.has(block, "gateway_id")) {
    const types = ["aws_internet_gateway", "aws_vpn_gateway"];
    if (reader.resources.attribute(block.resource, "gateway_id") === "local") return { kind: "local" };
    if (block.values?.["gateway_id"] === "local") return { kind: "local" };
    const gateway = reader.reference(block, "gateway_id", types)?.resource;
    if (gateway?.type === "aws_vpn_gateway") return { kind: "elsewhere", label: gateway.label };
    return gateway && { kind: "internetGateway" };
  }
  const name = ELSEWHERE.find((argument) => reader.has(block, argument));
  if (name !== undefined) return { kind: "elsewhere", label: `${name} of ${block.resource.label}` };
  reader.problem(block, "gateway_id", "given, or another target of the route");
  return undefined;
}

function readRoutes(context: Context, block: Block, names: readonly string[]): Route[] {
  const { reader, prefixLists } = context;
  const leads = target(context, block);
  if (!leads) return [];
  const label = `route ${block.resource.label}${block.path === "" ? "" : ` ${block.path.replace(/\.$/, "")}`}`;
  const routes = names.flatMap((name): Route[] => {
    const cidr = reader.text(block, name);
    if (cidr === undefined) return [];
    const destinations = reader.block(block, name);
    return [{ label, destinations, prefix: Number(cidr.split("/")[1] ?? 0), target: leads }];
  });
  if (reader.has(block, "destination_prefix_list_id")) {
    const destinations = prefixLists.addresses(block, "destination_prefix_list_id");
    // A prefix list goes before blocks: what it leads away is never taken for local.
    routes.push({ label, destinations, prefix: 128, target: leads });
  }
  if (routes.length === 0)
    reader.problem(block, names[0] ?? "", "given, or another destination of the route");
  return routes;
}

/**
 * Reads route tables, gives each subnet its own and notes which internet gateways a VPC has.
 *
 * @returns the table that a reference names
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function readRouteTables(context: Context): (resource: Resource) => RouteTable | undefined {
  const { reader, vpcs, subnets } = context;
  const tables = new Map<Resource, RouteTable>();
  const table = (block: Block): RouteTable => {
    const { resource } = block;
    const routes = reader
      .blocks(block, "route")
      .flatMap((route) => readRoutes(context, route, INLINE_BLOCKS));
    const propagates = reader.has(block, "propagating_vgws");
    const made: RouteTable = {
      label: `route table ${resource.label}`,
      routes,
      endpoints: [],
      propagates,
    };
    tables.set(resource, made);
    return made;
  };
  const becomeMain = (vpc: Vpc, main: RouteTable) => {
    for (const subnet of subnets.values()) if (subnet.table === vpc.mainTable) subnet.table = main;
    vpc.mainTable = main;
  };

  for (const block of reader.blocksOfType("aws_default_route_table")) {
    const types = TABLE_TYPES.filter((type) => type.startsWith("aws_vpc."));
    const vpc = reader.reference(block, "default_route_table_id", types);
    const owner = vpc && vpcs.get(vpc.resource);
    const made = table(block);
    if (owner) becomeMain(owner, made);
  }
  for (const block of reader.blocksOfType("aws_route_table")) {
    vpcOf(reader, vpcs, block);
    table(block);
  }
  for (const block of reader.blocksOfType("aws_main_route_table_association")) {
    const vpc = vpcOf(reader, vpcs, block);
    const main = reader.reference(block, "route_table_id", ["aws_route_table"]);
    const made = main && tables.get(main.resource);
    if (vpc && made) becomeMain(vpc, made);
  }
  const find = (resource: Resource) => tables.get(resource) ?? vpcs.get(resource)?.mainTable;
  const named = (block: Block) => {
    const reference = reader.reference(block, "route_table_id", TABLE_TYPES);
    return reference && find(reference.resource);
  };
  for (const block of reader.blocksOfType("aws_route")) {
    named(block)?.routes.push(...readRoutes(context, block, SEPARATE_BLOCKS));
  }
  const gateways = readGateways(context);
  const taken = new Map<Subnet, RouteTable>();
  for (const block of reader.blocksOfType("aws_route_table_association")) {
    const made = named(block);
    const edge = reader.has(block, "gateway_id");
    const types = edge ? ["aws_internet_gateway", "aws_vpn_gateway"] : ["aws_subnet"];
    const end = reader.reference(block, edge ? "gateway_id" : "subnet_id", types)?.resource;
    const subnet = end && subnets.get(end);
    const gateway = end && gateways.get(end);
    if (made && gateway) gateway.edgeTable = made;
    if (made && subnet) associate(reader, block, "subnet_id", subnet, taken, made);
  }
  for (const [subnet, made] of taken) subnet.table = made;
  for (const vpc of vpcs.values()) addImpliedRoutes(vpc, vpc.mainTable);
  for (const block of reader.blocksOfType("aws_route_table")) {
    const vpc = vpcOf(reader, vpcs, block);
    const made = tables.get(block.resource);
    if (vpc && made && made !== vpc.mainTable) addImpliedRoutes(vpc, made);
  }
  return find;
}

/** What a table has beside its own routes: its VPC's blocks, and what a virtual gateway may tell it. */
function addImpliedRoutes(vpc: Vpc, table: RouteTable): void {
  for (const cidr of vpc.cidrs) {
    table.routes.push({
      label: `local route of ${table.label}`,
      destinations: AddressSet.of(cidr),
      prefix: Number(cidr.split("/")[1]),
      target: { kind: "local" },
    });
  }
  if (!table.propagates) return;
  const label = `propagated routes of ${table.label}`;
  const elsewhere = { kind: "elsewhere", label } as const;
  table.routes.push(
    { label, destinations: PRIVATE, prefix: 1, target: elsewhere },
    { label, destinations: EVERYWHERE, prefix: 0, target: elsewhere },
  );
}

function readGateways({ reader, vpcs }: Context): ReadonlyMap<Resource, Vpc["gateways"][number]> {
  const gateways = new Map<Resource, Vpc["gateways"][number]>();
  const attach = (gateway: Resource, vpc: Vpc) => {
    const made = { label: gateway.label, edgeTable: undefined };
    gateways.set(gateway, made);
    vpc.gateways.push(made);
  };
  for (const block of reader.blocksOfType("aws_internet_gateway")) {
    const vpc = reader.has(block, "vpc_id") ? vpcOf(reader, vpcs, block) : undefined;
    if (vpc) attach(block.resource, vpc);
  }
  for (const block of reader.blocksOfType("aws_internet_gateway_attachment")) {
    const gateway = reader.reference(block, "internet_gateway_id", ["aws_internet_gateway"]);
    const vpc = vpcOf(reader, vpcs, block);
    if (gateway && vpc) attach(gateway.resource, vpc);
  }
  return gateways;
}

/** The routes of a table for some addresses, the most specific first; `route` is `undefined` for what has none. */
export function lookUp(
  table: RouteTable,
  addresses: AddressSet,
): readonly { readonly destinations: AddressSet; readonly route: Route | undefined }[] {
  const found: { destinations: AddressSet; route: Route | undefined }[] = [];
  let left = addresses;
  for (const route of [...table.routes].sort((a, b) => b.prefix - a.prefix)) {
    const destinations = left.intersect(route.destinations);
    if (destinations.isEmpty) continue;
    found.push({ destinations, route });
    left = left.subtract(destinations);
  }
  if (!left.isEmpty) found.push({ destinations: left, route: undefined });
  return found;
}
