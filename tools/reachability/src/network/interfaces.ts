import { type Resource } from "@landfall/terraform-graph";
import { readListeners } from "./listeners";
import { type Block, type Reader } from "./reader";
import { GROUP_TYPES, type SecurityGroups } from "./security-groups";
import { type Interface, type InterfaceKind, type SecurityGroup, type Subnet } from "./types";

/** Where a type of resource says in which subnets and behind which security groups it is. */
interface Shape {
  readonly type: string;
  readonly kind: InterfaceKind;
  /** The block that holds the two, if they are not at the top. */
  readonly block?: string;
  readonly subnets: string;
  readonly groups: string;
}

const SHAPES: readonly Shape[] = [
  {
    type: "aws_lambda_function",
    kind: "function",
    block: "vpc_config",
    subnets: "subnet_ids",
    groups: "security_group_ids",
  },
  { type: "aws_lb", kind: "loadBalancer", subnets: "subnets", groups: "security_groups" },
  { type: "aws_alb", kind: "loadBalancer", subnets: "subnets", groups: "security_groups" },
  { type: "aws_vpc_endpoint", kind: "endpoint", subnets: "subnet_ids", groups: "security_group_ids" },
  { type: "aws_instance", kind: "other", subnets: "subnet_id", groups: "vpc_security_group_ids" },
  { type: "aws_network_interface", kind: "other", subnets: "subnet_id", groups: "security_groups" },
  { type: "aws_efs_mount_target", kind: "other", subnets: "subnet_id", groups: "security_groups" },
  {
    type: "aws_codebuild_project",
    kind: "other",
    block: "vpc_config",
    subnets: "subnets",
    groups: "security_group_ids",
  },
  {
    type: "aws_ecs_service",
    kind: "other",
    block: "network_configuration",
    subnets: "subnets",
    groups: "security_groups",
  },
];

/** Blocks that each name one subnet, beside or instead of the list. */
const SUBNET_BLOCKS: Readonly<Record<string, string>> = {
  aws_lb: "subnet_mapping",
  aws_alb: "subnet_mapping",
  aws_route53_resolver_endpoint: "ip_address",
};

/** Types with network interfaces, or doors into a VPC, that are not modelled: to ignore one would prove nothing. */
const NOT_MODELLED =
  /^aws_(autoscaling_group|batch_compute_environment|client_vpn_.*|db_instance|default_(subnet|vpc)|directory_service_directory|dms_replication_instance|docdb_cluster|ec2_client_vpn_endpoint|ec2_fleet|ecs_task_set|eks_.*|elasticache_(cluster|replication_group|serverless_cache)|elasticsearch_domain|elb|emr_.*|fsx_.*|globalaccelerator_.*|launch_(configuration|template)|memorydb_cluster|mq_broker|msk_.*|mwaa_environment|neptune_cluster|opensearch_domain|rds_cluster|redshift.*|sagemaker_(domain|notebook_instance)|spot_.*|transfer_server|verifiedaccess_.*|vpc_endpoint_service|vpclattice_.*|workspaces_.*)$/;

const TITLES: Readonly<Record<InterfaceKind, string>> = {
  function: "function",
  loadBalancer: "load balancer",
  endpoint: "endpoint",
  other: "",
};

function titleOf(reader: Reader, block: Block, kind: InterfaceKind): string {
  const { resource } = block;
  const argument = { function: "function_name", loadBalancer: "name", endpoint: "service_name", other: "" }[
    kind
  ];
  const value = argument === "" ? undefined : reader.resources.attribute(resource, argument);
  if (typeof value !== "string") return `${TITLES[kind]} ${resource.label}`.trim();
  // The stack tells the account and the region: the same thing may be in each.
  return `${TITLES[kind]} ${value.replace(/^com\.amazonaws\.[a-z0-9-]+\./, "")} of ${resource.stack}`;
}

/** What the associations of an endpoint add to its own lists. */
function associated(
  reader: Reader,
  endpoint: Resource,
  type: string,
  name: string,
  types: readonly string[],
) {
  return reader.blocksOfType(type).flatMap((block) => {
    const owner = reader.reference(block, "vpc_endpoint_id", ["aws_vpc_endpoint"]);
    return owner?.resource === endpoint ? (reader.reference(block, name, types) ?? []) : [];
  });
}

/** The resources that an elastic address is given to. */
function withElasticAddress(reader: Reader): ReadonlySet<Resource> {
  const given = [
    ["aws_eip", "instance", "aws_instance"],
    ["aws_eip", "network_interface", "aws_network_interface"],
    ["aws_eip_association", "instance_id", "aws_instance"],
    ["aws_eip_association", "network_interface_id", "aws_network_interface"],
  ] as const;
  return new Set(
    given.flatMap(([type, name, owner]) =>
      reader.blocksOfType(type).flatMap((block) => reader.reference(block, name, [owner])?.resource ?? []),
    ),
  );
}

/** Whether it has a public IPv4 address. A function's interfaces never have one, whatever the subnet says. */
function isPublic(
  reader: Reader,
  block: Block,
  inner: Block,
  subnets: readonly Subnet[],
  elastic: ReadonlySet<Resource>,
): boolean {
  const { type } = block.resource;
  if (type === "aws_lb" || type === "aws_alb") return reader.boolean(block, "internal") !== true;
  if (type === "aws_ecs_service") return reader.boolean(inner, "assign_public_ip") === true;
  if (type === "aws_instance" && !elastic.has(block.resource)) {
    const onLaunch = subnets.some(
      ({ resource }) => reader.boolean({ resource, path: "" }, "map_public_ip_on_launch") === true,
    );
    return reader.boolean(block, "associate_public_ip_address") ?? onLaunch;
  }
  return elastic.has(block.resource);
}

/** A network load balancer without a security group filters nothing; all else gets the VPC's default group. */
function groupsOf(reader: Reader, block: Block, found: readonly SecurityGroup[], subnet: Subnet) {
  if (found.length > 0) return found;
  const isNetwork = reader.text(block, "load_balancer_type") === "network";
  return isNetwork ? ("unfiltered" as const) : [subnet.vpc.defaultGroup];
}

function readInterface(
  reader: Reader,
  shape: Shape,
  block: Block,
  context: {
    readonly subnets: ReadonlyMap<Resource, Subnet>;
    readonly groups: SecurityGroups;
    readonly elastic: ReadonlySet<Resource>;
  },
): Interface[] {
  const { resource } = block;
  const { type, kind } = shape;
  const inner = shape.block === undefined ? block : reader.blocks(block, shape.block)[0];
  if (!inner) return [];
  const single = shape.subnets === "subnet_id";
  const references = [
    ...(single
      ? [reader.reference(inner, shape.subnets, ["aws_subnet"])]
      : reader.references(inner, shape.subnets, ["aws_subnet"])),
    ...(SUBNET_BLOCKS[type] === undefined ? [] : reader.blocks(block, SUBNET_BLOCKS[type])).map((mapping) =>
      reader.reference(mapping, "subnet_id", ["aws_subnet"]),
    ),
    ...(kind === "endpoint"
      ? associated(reader, resource, "aws_vpc_endpoint_subnet_association", "subnet_id", ["aws_subnet"])
      : []),
  ];
  const places = references.flatMap(
    (reference) => (reference && context.subnets.get(reference.resource)) ?? [],
  );
  const [place] = places;
  if (!place) {
    // A function's configuration for a VPC may be there and empty: then it is in none.
    if (kind !== "function" || reader.has(inner, shape.subnets)) {
      reader.problem(inner, shape.subnets, "subnets of the zone");
    }
    return [];
  }
  const groups = [
    ...reader.references(inner, shape.groups, GROUP_TYPES),
    ...(kind === "endpoint"
      ? associated(
          reader,
          resource,
          "aws_vpc_endpoint_security_group_association",
          "security_group_id",
          GROUP_TYPES,
        )
      : []),
  ].flatMap((reference) => context.groups.named(reference) ?? []);
  const ipv6 =
    kind === "function"
      ? reader.boolean(inner, "ipv6_allowed_for_dual_stack") === true
      : kind === "other" || (reader.text(block, "ip_address_type") ?? "ipv4") !== "ipv4";
  return [
    {
      kind,
      resource,
      label: resource.label,
      title: titleOf(reader, block, kind),
      vpc: place.vpc,
      subnets: places,
      groups: groupsOf(reader, block, groups, place),
      publicAddress: isPublic(reader, block, inner, places, context.elastic),
      ipv6,
      listeners: kind === "loadBalancer" ? readListeners(reader, resource) : undefined,
    },
  ];
}

/**
 * Everything with network interfaces.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function readInterfaces(
  reader: Reader,
  subnets: ReadonlyMap<Resource, Subnet>,
  groups: SecurityGroups,
): readonly Interface[] {
  for (const resource of reader.resources.all.filter(({ type }) => NOT_MODELLED.test(type))) {
    reader.problem({ resource, path: "" }, "", "a resource whose network interfaces are modelled");
  }
  const elastic = withElasticAddress(reader);
  const resolvers: Shape = {
    type: "aws_route53_resolver_endpoint",
    kind: "other",
    subnets: "subnet_ids",
    groups: "security_group_ids",
  };
  return [...SHAPES, resolvers].flatMap((shape) =>
    reader.blocksOfType(shape.type).flatMap((block) => {
      const isOtherEndpoint =
        shape.kind === "endpoint" && reader.text(block, "vpc_endpoint_type") !== "Interface";
      return isOtherEndpoint ? [] : readInterface(reader, shape, block, { subnets, groups, elastic });
    }),
  );
}
