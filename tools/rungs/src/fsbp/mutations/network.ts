import { type Mutation } from "../mutation";
import { type ZoneDraft } from "../zone-draft";

/** A VPC loses its interface endpoint of a service. */
const withoutEndpoint = (control: string, service: string): Mutation => ({
  control,
  mutation: `a VPC loses its interface endpoint for ${service}`,
  at: "aws_vpc",
  change: (zone) =>
    zone.remove("aws_vpc_endpoint", ({ service_name: name }) => String(name).endsWith(`.${service}`)),
});

/** A security group of the network takes connections from everywhere. */
const opened = (zone: ZoneDraft, port: number): void =>
  zone.add({
    aws_vpc_security_group_ingress_rule: {
      Opened: {
        security_group_id: zone.references("aws_security_group", "id")[0],
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: port,
        to_port: port,
      },
    },
  });

const TRANSIT_GATEWAY = {
  aws_ec2_transit_gateway: { Added: { description: "Added", auto_accept_shared_attachments: "disable" } },
};

const CLIENT_VPN = {
  aws_ec2_client_vpn_endpoint: {
    Added: {
      server_certificate_arn: "arn:aws:acm:eu-west-1:123456789012:certificate/example",
      client_cidr_block: "10.200.0.0/22",
      authentication_options: [
        {
          type: "certificate-authentication",
          root_certificate_chain_arn: "arn:aws:acm:eu-west-1:123456789012:certificate/root",
        },
      ],
      connection_log_options: { enabled: true, cloudwatch_log_group: "added" },
    },
  },
};

const TUNNEL_LOGS = {
  cloudwatch_log_options: {
    log_enabled: true,
    log_group_arn: "arn:aws:logs:eu-west-1:123456789012:log-group:added",
  },
};

const VPN = {
  aws_vpn_connection: {
    Added: {
      type: "ipsec.1",
      customer_gateway_id: "cgw-0123456789abcdef0",
      transit_gateway_id: "tgw-0123456789abcdef0",
      tunnel1_ike_versions: ["ikev2"],
      tunnel2_ike_versions: ["ikev2"],
      tunnel1_log_options: TUNNEL_LOGS,
      tunnel2_log_options: TUNNEL_LOGS,
    },
  },
};

const INTERFACE = (zone: ZoneDraft) => ({
  aws_network_interface: {
    Added: { subnet_id: zone.references("aws_subnet", "id")[0], source_dest_check: true },
  },
});

/** How the controls of EC2 on networks are broken. */
export const networkMutations: readonly Mutation[] = [
  {
    control: "EC2.2",
    mutation: "a VPC's default security group lets its members out",
    at: "aws_default_security_group",
    change: (zone) =>
      zone.append("aws_default_security_group", "egress", {
        cidr_blocks: ["0.0.0.0/0"],
        from_port: 0,
        protocol: "-1",
        to_port: 0,
      }),
  },
  {
    control: "EC2.6",
    mutation: "a VPC loses its flow log",
    at: "aws_vpc",
    change: (zone) => zone.remove("aws_flow_log"),
  },
  withoutEndpoint("EC2.10", "ec2"),
  {
    control: "EC2.15",
    mutation: "a subnet gives out public addresses",
    at: "aws_subnet",
    change: (zone) => zone.set("aws_subnet", "map_public_ip_on_launch", true),
  },
  {
    control: "EC2.16",
    mutation: "a network ACL guards no subnet",
    at: "aws_network_acl",
    change: (zone) => zone.set("aws_network_acl", "subnet_ids", []),
  },
  {
    control: "EC2.18",
    mutation: "a security group takes connections to port 8443 from everywhere",
    at: "aws_vpc_security_group_ingress_rule",
    change: (zone) => opened(zone, 8443),
  },
  {
    control: "EC2.19",
    mutation: "a security group takes connections to port 22 from everywhere",
    at: "aws_vpc_security_group_ingress_rule",
    change: (zone) => opened(zone, 22),
  },
  {
    control: "EC2.21",
    mutation: "a network ACL lets everyone to port 22",
    at: "aws_network_acl",
    change: (zone) =>
      zone.append("aws_network_acl", "ingress", {
        action: "allow",
        cidr_block: "0.0.0.0/0",
        from_port: 22,
        icmp_code: null,
        icmp_type: null,
        ipv6_cidr_block: null,
        protocol: "tcp",
        rule_no: 1,
        to_port: 22,
      }),
  },
  {
    control: "EC2.23",
    mutation: "a transit gateway takes every attachment",
    at: "aws_ec2_transit_gateway",
    add: TRANSIT_GATEWAY,
    change: (zone) => zone.set("aws_ec2_transit_gateway", "auto_accept_shared_attachments", "enable"),
  },
  {
    control: "EC2.51",
    mutation: "a client VPN endpoint does not log its connections",
    at: "aws_ec2_client_vpn_endpoint",
    add: CLIENT_VPN,
    change: (zone) => zone.set("aws_ec2_client_vpn_endpoint", "connection_log_options.enabled", false),
  },
  withoutEndpoint("EC2.55", "ecr.api"),
  withoutEndpoint("EC2.56", "ecr.dkr"),
  withoutEndpoint("EC2.57", "ssm"),
  withoutEndpoint("EC2.58", "ssm-contacts"),
  withoutEndpoint("EC2.60", "ssm-incidents"),
  {
    control: "EC2.171",
    mutation: "the second tunnel of a VPN connection does not log",
    at: "aws_vpn_connection",
    add: VPN,
    change: (zone) => zone.set("aws_vpn_connection", "tunnel2_log_options", undefined),
  },
  {
    control: "EC2.172",
    mutation: "a region lets everything in through internet gateways",
    at: "aws_vpc_block_public_access_options",
    change: (zone) => zone.set("aws_vpc_block_public_access_options", "internet_gateway_block_mode", "off"),
  },
  {
    control: "EC2.180",
    mutation: "a network interface takes what is meant for others",
    at: "aws_network_interface",
    add: INTERFACE,
    change: (zone) => zone.set("aws_network_interface", "source_dest_check", false),
  },
  {
    control: "EC2.183",
    mutation: "the first tunnel of a VPN connection takes IKEv1, too",
    at: "aws_vpn_connection",
    add: VPN,
    change: (zone) => zone.append("aws_vpn_connection", "tunnel1_ike_versions", "ikev1"),
  },
];
