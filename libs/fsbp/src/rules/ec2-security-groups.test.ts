import { describeRule } from "../testing/cases";
import { securityGroupRules } from "./ec2-security-groups";

const rule = (id: string) => {
  const found = securityGroupRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const OPEN = "0.0.0.0/0";
const group = (...ingress: object[]) => ({ aws_security_group: { web: { name: "web", ingress } } });
const classic = (config: object) => ({
  aws_security_group_rule: {
    in: {
      type: "ingress",
      security_group_id: "sg-1",
      protocol: "tcp",
      from_port: 22,
      to_port: 22,
      ...config,
    },
  },
});
const ingressRule = (config: object) => ({
  aws_vpc_security_group_ingress_rule: {
    in: { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, to_port: 22, ...config },
  },
});
const tcp = (port: number | string, more: object = {}) => ({
  protocol: "tcp",
  from_port: port,
  to_port: port,
  ...more,
});
const prefixList = (...blocks: string[]) => ({
  aws_ec2_managed_prefix_list: { list: { name: "list", entry: blocks.map((cidr) => ({ cidr })) } },
});
const LIST = "${aws_ec2_managed_prefix_list.list.id}";
const lookUp = (name: string) => ({ data: { aws_ec2_managed_prefix_list: { aws: { name } } } });

describeRule(rule("EC2.18"), {
  compliant: [
    { of: "a group whose rules are elsewhere", resource: { aws_security_group: { web: { name: "web" } } } },
    {
      of: "the ports of web servers for everyone",
      resource: group(
        tcp(443, { cidr_blocks: [OPEN], ipv6_cidr_blocks: ["::/0"] }),
        tcp(80, { cidr_blocks: [OPEN] }),
      ),
    },
    {
      of: "any port for known sources",
      resource: group({ ...tcp(0), protocol: "-1", cidr_blocks: ["10.0.0.0/8"] }),
    },
    {
      of: "a group as the source",
      resource: group(tcp(22, { security_groups: ["${aws_security_group.web.id}"] })),
    },
    {
      of: "ping for everyone",
      resource: group({ protocol: "icmp", from_port: 8, to_port: 0, cidr_blocks: [OPEN] }),
    },
    {
      of: "a VPC's block",
      resource: { ...classic({ cidr_blocks: ["${aws_vpc.main.cidr_block}"] }), aws_vpc: { main: {} } },
    },
    {
      of: "a single address that is not known",
      resource: { ...ingressRule({ cidr_ipv4: "${aws_eip.nat.public_ip}/32" }), aws_eip: { nat: {} } },
    },
    {
      of: "a prefix list of known blocks",
      resource: { ...ingressRule({ prefix_list_id: LIST }), ...prefixList("192.0.2.0/24") },
    },
    {
      of: "a prefix list of AWS",
      resource: ingressRule({ prefix_list_id: "${data.aws_ec2_managed_prefix_list.aws.id}" }),
      rest: lookUp("com.amazonaws.global.cloudfront.origin-facing"),
    },
    {
      of: "a prefix list of AWS by its older name",
      resource: classic({ prefix_list_ids: ["${data.aws_prefix_list.s3.id}"] }),
      rest: { data: { aws_prefix_list: { s3: { name: "com.amazonaws.eu-west-1.s3" } } } },
    },
    {
      of: "the prefix list of an endpoint",
      resource: {
        ...classic({ prefix_list_ids: ["${aws_vpc_endpoint.s3.prefix_list_id}"] }),
        aws_vpc_endpoint: { s3: {} },
      },
    },
    ...["1", "58", "ICMP", "icmpv6"].map((protocol) => ({
      of: `the protocol ${protocol}`,
      resource: classic({ protocol, cidr_blocks: [OPEN] }),
    })),
    {
      of: "known sources in a direction that is not known",
      resource: classic({ type: "${var.type}", cidr_blocks: ["10.0.0.0/8"] }),
    },
    {
      of: "an unknown source at an authorized port",
      resource: ingressRule({ from_port: 443, to_port: 443, cidr_ipv4: "${var.source}" }),
    },
    {
      of: "an unknown port for known sources",
      resource: ingressRule({ from_port: "${var.port}", cidr_ipv4: "10.0.0.0/8" }),
    },
  ],
  nonCompliant: [
    {
      of: "another port in a group",
      resource: group(tcp(8443, { cidr_blocks: [OPEN] })),
      path: "ingress.cidr_blocks",
    },
    {
      of: "the second of two rules",
      resource: group(tcp(443, { cidr_blocks: [OPEN] }), tcp(8443, { cidr_blocks: ["10.0.0.0/8", OPEN] })),
      path: "ingress[1].cidr_blocks",
    },
    {
      of: "IPv6",
      resource: group(tcp(8443, { ipv6_cidr_blocks: ["::/0"] })),
      path: "ingress.ipv6_cidr_blocks",
    },
    {
      of: "another way to write all of IPv6",
      resource: ingressRule({ cidr_ipv6: "0::/0" }),
      path: "cidr_ipv6",
    },
    {
      of: "a range between the authorized ports",
      resource: ingressRule({ from_port: 80, to_port: 443, cidr_ipv4: OPEN }),
      path: "cidr_ipv4",
    },
    {
      of: "UDP at an authorized port",
      resource: classic({ protocol: "udp", from_port: 443, to_port: 443, cidr_blocks: [OPEN] }),
      path: "cidr_blocks",
    },
    {
      of: "every protocol",
      resource: ingressRule({ ip_protocol: "-1", from_port: null, to_port: null, cidr_ipv4: OPEN }),
      path: "cidr_ipv4",
    },
    {
      of: "the other version of IP beside known sources",
      resource: ingressRule({ cidr_ipv4: "10.0.0.0/8", cidr_ipv6: "::/0" }),
      path: "cidr_ipv6",
    },
    {
      of: "a protocol by its number",
      resource: classic({ protocol: "50", cidr_blocks: [OPEN] }),
      path: "cidr_blocks",
    },
    {
      of: "TCP without ports",
      resource: ingressRule({ from_port: null, to_port: null, cidr_ipv4: OPEN }),
      path: "cidr_ipv4",
    },
    {
      of: "a prefix list that holds everyone",
      resource: { ...ingressRule({ prefix_list_id: LIST }), ...prefixList("192.0.2.0/24", OPEN) },
      path: "prefix_list_id",
    },
    {
      of: "a prefix list in a group",
      resource: { ...group(tcp(22, { prefix_list_ids: [LIST] })), ...prefixList("::/0") },
      path: "ingress.prefix_list_ids",
    },
    {
      of: "a prefix list with an entry elsewhere that holds everyone",
      resource: {
        ...ingressRule({ prefix_list_id: LIST }),
        ...prefixList(),
        aws_ec2_managed_prefix_list_entry: { all: { prefix_list_id: LIST, cidr: OPEN } },
      },
      path: "prefix_list_id",
    },
    {
      of: "a dynamic block",
      resource: {
        aws_security_group: {
          web: {
            dynamic: {
              ingress: { for_each: [8443], content: tcp("${ingress.value}", { cidr_blocks: [OPEN] }) },
            },
          },
        },
      },
      path: "ingress.cidr_blocks",
    },
    {
      of: "a default group",
      resource: { aws_default_security_group: { it: { ingress: [tcp(8443, { cidr_blocks: [OPEN] })] } } },
      path: "ingress.cidr_blocks",
    },
  ],
  unknown: [
    { of: "a source by a variable", resource: ingressRule({ cidr_ipv4: "${var.source}" }) },
    {
      of: "a source among known ones",
      resource: group(tcp(22, { cidr_blocks: ["10.0.0.0/8", "${var.source}"] })),
    },
    { of: "a prefix length by a variable", resource: ingressRule({ cidr_ipv4: "10.0.0.0/${var.length}" }) },
    { of: "a port by a variable", resource: ingressRule({ from_port: "${var.port}", cidr_ipv4: OPEN }) },
    {
      of: "a protocol by a variable",
      resource: ingressRule({ ip_protocol: "${var.protocol}", cidr_ipv4: OPEN }),
    },
    { of: "blocks by a variable", resource: { aws_security_group: { web: { ingress: "${var.rules}" } } } },
    { of: "a direction by a variable", resource: classic({ type: "${var.type}", cidr_blocks: [OPEN] }) },
    { of: "a prefix list by its id", resource: ingressRule({ prefix_list_id: "pl-123" }) },
    {
      of: "a prefix list of someone else",
      resource: ingressRule({ prefix_list_id: "${data.aws_ec2_managed_prefix_list.aws.id}" }),
      rest: lookUp("partners"),
    },
    {
      of: "a prefix list with an entry by a variable",
      resource: { ...ingressRule({ prefix_list_id: LIST }), ...prefixList("${var.block}") },
    },
  ],
  notApplicable: [{ of: "egress", resource: classic({ type: "egress", cidr_blocks: [OPEN] }) }],
});

const HIGH_RISK = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
  8088, 8888, 9200, 9300,
];

describeRule(rule("EC2.19"), {
  compliant: [
    { of: "a port of low risk", resource: ingressRule({ from_port: 8443, to_port: 8443, cidr_ipv4: OPEN }) },
    { of: "SSH from known sources", resource: ingressRule({ cidr_ipv4: "10.0.0.0/8" }) },
    { of: "a protocol without ports", resource: classic({ protocol: "50", cidr_blocks: [OPEN] }) },
    {
      of: "ICMP whose type is the number of a port",
      resource: classic({ protocol: "icmp", from_port: 20, to_port: 25, cidr_blocks: [OPEN] }),
    },
  ],
  nonCompliant: [
    ...HIGH_RISK.map((port) => ({
      of: `port ${port}`,
      resource: group(tcp(port, { cidr_blocks: [OPEN] })),
      path: "ingress.cidr_blocks",
    })),
    {
      of: "a range around SSH",
      resource: ingressRule({ from_port: 0, to_port: 1024, cidr_ipv6: "::/0" }),
      path: "cidr_ipv6",
    },
    {
      of: "TCP without ports",
      resource: ingressRule({ from_port: null, to_port: null, cidr_ipv4: OPEN }),
      path: "cidr_ipv4",
    },
    {
      of: "TCP with -1 for all ports",
      resource: classic({ from_port: -1, to_port: -1, cidr_blocks: [OPEN] }),
      path: "cidr_blocks",
    },
    ...["all", "-1", null].map((protocol) => ({
      of: `the protocol ${protocol}`,
      resource: classic({ protocol, cidr_blocks: [OPEN] }),
      path: "cidr_blocks",
    })),
    { of: "UDP", resource: classic({ protocol: "17", cidr_blocks: [OPEN] }), path: "cidr_blocks" },
    { of: "every protocol", resource: classic({ protocol: -1, cidr_blocks: [OPEN] }), path: "cidr_blocks" },
    {
      of: "a prefix list that holds everyone",
      resource: { ...classic({ prefix_list_ids: [LIST] }), ...prefixList(OPEN) },
      path: "prefix_list_ids",
    },
  ],
  unknown: [
    { of: "a source by a variable", resource: classic({ cidr_blocks: "${var.sources}" }) },
    {
      of: "the port of a database",
      resource: {
        ...ingressRule({
          from_port: "${aws_db_instance.a.port}",
          to_port: "${aws_db_instance.a.port}",
          cidr_ipv4: OPEN,
        }),
        aws_db_instance: { a: {} },
      },
    },
    { of: "a port by a variable", resource: group(tcp("${var.port}", { cidr_blocks: [OPEN] })) },
  ],
});
