import { type AddressSet } from "../address-set";
import { type Resource } from "@landfall/terraform-graph";

/** Transport protocols; others, such as ICMP, are not looked at. */
export type Protocol = "tcp" | "udp";

/** Inclusive ports. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Which traffic a rule is about: one protocol or all, and its ports. */
export interface Traffic {
  readonly protocol: Protocol | "all" | "other";
  readonly ports: PortRange;
}

export interface Vpc {
  readonly resource: Resource;
  readonly label: string;
  /** Its CIDR blocks. */
  readonly cidrs: readonly string[];
  readonly blocks: AddressSet;
  /** Route tables of its internet gateways, by which traffic that comes in is led; `undefined` for the usual way. */
  readonly gateways: { readonly label: string; edgeTable: RouteTable | undefined }[];
  mainTable: RouteTable;
  defaultAcl: NetworkAcl;
  defaultGroup: SecurityGroup;
}

export interface Subnet {
  readonly resource: Resource;
  readonly label: string;
  readonly vpc: Vpc;
  readonly blocks: AddressSet;
  table: RouteTable;
  acl: NetworkAcl;
}

/** Where a route leads. */
export type Target =
  | { readonly kind: "local" | "internetGateway" | "egressOnlyGateway" }
  | { readonly kind: "nat"; readonly label: string; readonly subnet: Subnet; readonly public: boolean }
  /** A firewall's endpoint: what it lets through goes on by the routes of its subnet. */
  | { readonly kind: "inspection"; readonly label: string; readonly subnet: Subnet }
  | { readonly kind: "peering"; readonly label: string; readonly vpcs: readonly Vpc[] }
  /** Out of what is modelled, e.g. a transit gateway: it is taken to lead everywhere. */
  | { readonly kind: "elsewhere"; readonly label: string };

export interface Route {
  /** In words, as all labels of rules and tables are, e.g. `route sandbox-network-eu-west-1/aws_route.Out`. */
  readonly label: string;
  readonly destinations: AddressSet;
  /** How specific it is: the prefix length of its block. */
  readonly prefix: number;
  readonly target: Target;
}

export interface RouteTable {
  readonly label: string;
  readonly routes: Route[];
  readonly endpoints: GatewayEndpoint[];
  /** Whether a virtual gateway may add routes. */
  readonly propagates: boolean;
}

export interface AclRule {
  readonly label: string;
  readonly number: number;
  readonly direction: "in" | "out";
  readonly traffic: Traffic;
  readonly peers: AddressSet;
  readonly allows: boolean;
}

export interface NetworkAcl {
  readonly label: string;
  readonly rules: AclRule[];
}

/** Who is at the other end of a security group's rule. */
export type Peer =
  | { readonly kind: "addresses"; readonly addresses: AddressSet }
  | { readonly kind: "group"; readonly group: SecurityGroup }
  | { readonly kind: "service"; readonly service: string };

export interface GroupRule {
  readonly label: string;
  readonly direction: "in" | "out";
  readonly traffic: Traffic;
  readonly peer: Peer;
}

export interface SecurityGroup {
  readonly label: string;
  /** `undefined` for a default group that AWS made and nothing changed. */
  readonly resource: Resource | undefined;
  readonly rules: GroupRule[];
}

/** S3 or DynamoDB behind a gateway endpoint. */
export interface GatewayEndpoint {
  readonly kind: "service";
  readonly label: string;
  readonly title: string;
  readonly vpc: Vpc;
  /** e.g. `com.amazonaws.eu-west-1.s3` */
  readonly service: string;
}

export type InterfaceKind = "function" | "loadBalancer" | "endpoint" | "other";

/** What has network interfaces: a function, a load balancer, an interface endpoint or something else in a subnet. */
export interface Interface {
  readonly kind: InterfaceKind;
  readonly resource: Resource;
  readonly label: string;
  /** In words, e.g. `function sandbox-intake-catalogue`. */
  readonly title: string;
  readonly vpc: Vpc;
  readonly subnets: readonly Subnet[];
  /** `"unfiltered"` where there is no security group at all, as before a network load balancer without one. */
  readonly groups: readonly SecurityGroup[] | "unfiltered";
  /** Whether it has a public IPv4 address. */
  readonly publicAddress: boolean;
  /** Whether it has IPv6 addresses, where its subnets have any. */
  readonly ipv6: boolean;
  /** What a load balancer listens on; `undefined` for what may listen on anything. */
  readonly listeners: readonly Listener[] | undefined;
}

export interface Listener {
  readonly label: string;
  readonly protocols: readonly Protocol[];
  readonly port: number;
  /** Whether it does nothing but redirect to HTTPS. */
  readonly redirects: boolean;
}

/** A zone's network, every reference resolved. */
export interface Network {
  /** The zone's name. */
  readonly name: string;
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly groups: readonly SecurityGroup[];
  readonly acls: readonly NetworkAcl[];
  readonly endpoints: readonly GatewayEndpoint[];
  readonly interfaces: readonly Interface[];
  /** The subnets that a contract promises to be isolated. */
  readonly isolatedSubnets: readonly Subnet[];
  /** Functions in no VPC: AWS's own network takes them everywhere. Those that the repair boundary bounds are left out. */
  readonly functionsOutside: readonly Resource[];
}
