import { describeRule } from "../testing/cases";
import { networkRules } from "./ec2-network";

const rule = (id: string) => {
  const found = networkRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const vpc = (logs: Record<string, object>) => ({
  aws_vpc: { main: {}, other: {} },
  aws_flow_log: logs,
});
const log = (config: object = {}) => ({ vpc_id: "${aws_vpc.main.id}", traffic_type: "REJECT", ...config });
const address = "aws_vpc.main";

describeRule(rule("EC2.6"), {
  compliant: [
    { of: "a log of what is refused", resource: vpc({ it: log() }), address },
    { of: "a log of all traffic", resource: vpc({ it: log({ traffic_type: "ALL" }) }), address },
    {
      of: "a log that does beside one that does not",
      resource: vpc({ a: log({ traffic_type: "ACCEPT" }), b: log() }),
      address,
    },
  ],
  nonCompliant: [
    { of: "a VPC without a log", resource: vpc({}), address, path: "" },
    { of: "a log of another VPC", resource: vpc({ it: log() }), address: "aws_vpc.other", path: "" },
    {
      of: "a log of a subnet",
      resource: vpc({ it: { subnet_id: "subnet-1", traffic_type: "REJECT" } }),
      address,
      path: "",
    },
    {
      of: "a log of what is accepted alone",
      resource: vpc({ it: log({ traffic_type: "ACCEPT" }) }),
      address,
      path: "aws_flow_log.it.traffic_type",
    },
  ],
  unknown: [
    { of: "a log of a VPC by a variable", resource: vpc({ it: log({ vpc_id: "${var.vpc}" }) }), address },
    { of: "traffic by a variable", resource: vpc({ it: log({ traffic_type: "${var.type}" }) }), address },
    { of: "a log that may not be there", resource: vpc({ it: log({ count: "${var.count}" }) }), address },
  ],
});

const subnet = (config: object) => ({ aws_subnet: { a: config } });

describeRule(rule("EC2.15"), {
  compliant: [
    { of: "a subnet that says nothing", resource: subnet({}) },
    {
      of: "a subnet that gives no addresses",
      resource: subnet({ map_public_ip_on_launch: false, assign_ipv6_address_on_creation: false }),
    },
    {
      of: "a default subnet that gives no addresses",
      resource: { aws_default_subnet: { a: { map_public_ip_on_launch: false } } },
    },
  ],
  nonCompliant: [
    {
      of: "IPv4 addresses",
      resource: subnet({ map_public_ip_on_launch: true }),
      path: "map_public_ip_on_launch",
    },
    {
      of: "IPv6 addresses",
      resource: subnet({ assign_ipv6_address_on_creation: true }),
      path: "assign_ipv6_address_on_creation",
    },
    {
      of: "a default subnet that says nothing",
      resource: { aws_default_subnet: { a: {} } },
      path: "map_public_ip_on_launch",
    },
  ],
  unknown: [
    { of: "addresses by a variable", resource: subnet({ map_public_ip_on_launch: "${var.public}" }) },
  ],
});

const acl = (config: object, more: Record<string, Record<string, object>> = {}) => ({
  aws_network_acl: { it: { vpc_id: "vpc-1", ...config } },
  ...more,
});
const association = (config: object) => ({ aws_network_acl_association: { a: config } });

describeRule(rule("EC2.16"), {
  compliant: [
    {
      of: "an ACL of a subnet",
      resource: acl({ subnet_ids: ["${aws_subnet.a.id}"] }, { aws_subnet: { a: {} } }),
    },
    {
      of: "an ACL with an association",
      resource: acl({}, association({ network_acl_id: "${aws_network_acl.it.id}" })),
    },
  ],
  nonCompliant: [
    { of: "an ACL of no subnet", resource: acl({}), path: "subnet_ids" },
    {
      of: "an association of another ACL",
      resource: acl({ subnet_ids: [] }, association({ network_acl_id: "acl-1" })),
      path: "subnet_ids",
    },
  ],
  unknown: [
    { of: "subnets by a variable", resource: acl({ subnet_ids: "${var.subnets}" }) },
    { of: "an association by a variable", resource: acl({}, association({ network_acl_id: "${var.acl}" })) },
  ],
});

const entry = (config: object) => ({
  rule_no: 100,
  action: "allow",
  protocol: "tcp",
  from_port: 22,
  to_port: 22,
  cidr_block: "0.0.0.0/0",
  ...config,
});
const aclRule = (config: object) => ({
  aws_network_acl_rule: {
    it: {
      network_acl_id: "acl-1",
      rule_action: "allow",
      protocol: "6",
      from_port: 3389,
      to_port: 3389,
      cidr_block: "0.0.0.0/0",
      ...config,
    },
  },
});

describeRule(rule("EC2.21"), {
  compliant: [
    { of: "an ACL without entries", resource: acl({}) },
    { of: "SSH from known sources", resource: acl({ ingress: [entry({ cidr_block: "10.0.0.0/8" })] }) },
    { of: "SSH that is denied", resource: acl({ ingress: [entry({ action: "deny" })] }) },
    { of: "HTTPS", resource: acl({ ingress: [entry({ from_port: 443, to_port: 443 })] }) },
    { of: "ICMP", resource: acl({ ingress: [entry({ protocol: "icmp" })] }) },
    { of: "a denying rule", resource: aclRule({ rule_action: "deny" }) },
    {
      of: "known sources by an unknown action",
      resource: aclRule({ rule_action: "${var.action}", cidr_block: "10.0.0.0/8" }),
    },
  ],
  nonCompliant: [
    { of: "SSH", resource: acl({ ingress: [entry({})] }), path: "ingress.cidr_block" },
    {
      of: "the second of two entries",
      resource: acl({ ingress: [entry({ from_port: 443, to_port: 443 }), entry({})] }),
      path: "ingress[1].cidr_block",
    },
    {
      of: "everything after a denial",
      resource: acl({
        ingress: [entry({ action: "deny" }), entry({ protocol: "-1", from_port: 0, to_port: 0 })],
      }),
      path: "ingress[1].cidr_block",
    },
    {
      of: "a range around remote desktop over IPv6",
      resource: aclRule({ from_port: 1024, to_port: 65535, cidr_block: null, ipv6_cidr_block: "::/0" }),
      path: "ipv6_cidr_block",
    },
    { of: "a rule", resource: aclRule({}), path: "cidr_block" },
    { of: "UDP", resource: aclRule({ protocol: "udp" }), path: "cidr_block" },
  ],
  unknown: [
    { of: "a source by a variable", resource: aclRule({ cidr_block: "${var.source}" }) },
    { of: "an action by a variable", resource: aclRule({ rule_action: "${var.action}" }) },
    { of: "a direction by a variable", resource: aclRule({ egress: "${var.egress}" }) },
    { of: "entries by a variable", resource: acl({ ingress: "${var.entries}" }) },
  ],
  notApplicable: [
    { of: "egress", resource: aclRule({ egress: true }) },
    { of: "egress as a text", resource: aclRule({ egress: "true" }) },
    {
      of: "a rule of a default ACL that is taken over",
      resource: {
        ...aclRule({ network_acl_id: "${aws_default_network_acl.main.id}" }),
        aws_default_network_acl: { main: {} },
      },
    },
    {
      of: "a rule of a default ACL",
      resource: {
        ...aclRule({ network_acl_id: "${aws_vpc.main.default_network_acl_id}" }),
        aws_vpc: { main: {} },
      },
    },
  ],
});

const gateway = (config: object) => ({ aws_ec2_transit_gateway: { hub: config } });

describeRule(rule("EC2.23"), {
  compliant: [
    { of: "AWS's default", resource: gateway({}) },
    { of: "attachments that wait", resource: gateway({ auto_accept_shared_attachments: "disable" }) },
  ],
  nonCompliant: [
    {
      of: "attachments that nobody looks at",
      resource: gateway({ auto_accept_shared_attachments: "enable" }),
      path: "auto_accept_shared_attachments",
    },
  ],
  unknown: [
    { of: "attachments by a variable", resource: gateway({ auto_accept_shared_attachments: "${var.auto}" }) },
  ],
});

describeRule(rule("EC2.180"), {
  compliant: [
    { of: "AWS's default", resource: { aws_network_interface: { a: {} } } },
    { of: "an instance that checks", resource: { aws_instance: { a: { source_dest_check: true } } } },
  ],
  nonCompliant: [
    {
      of: "an interface that takes anything",
      resource: { aws_network_interface: { a: { source_dest_check: false } } },
      path: "source_dest_check",
    },
    {
      of: "an instance that takes anything",
      resource: { aws_instance: { nat: { source_dest_check: false } } },
      path: "source_dest_check",
    },
  ],
  unknown: [
    {
      of: "a check by a variable",
      resource: { aws_network_interface: { a: { source_dest_check: "${var.on}" } } },
    },
  ],
});
