import { describeRule } from "../testing/cases";
import { defaultGroupRule } from "./ec2-default-group";

const SEPARATE_RULES = [
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
];
const HTTP = { protocol: "tcp", from_port: 80, to_port: 80 };
const HTTPS = { protocol: "tcp", from_port: 443, to_port: 443 };
const vpc = (groups: Record<string, object>, more: Record<string, Record<string, object>> = {}) => ({
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_default_security_group: groups,
  ...more,
});
const locked = { vpc_id: "${aws_vpc.main.id}", ingress: [], egress: [] };
const ofGroup = { address: "aws_default_security_group.it" };
const ofVpc = { address: "aws_vpc.main" };

describeRule(defaultGroupRule, {
  compliant: [
    { of: "a VPC whose default group is taken over", resource: vpc({ it: locked }), ...ofVpc },
    { of: "a default group without rules", resource: vpc({ it: locked }), ...ofGroup },
    { of: "a default group that names no rules", resource: vpc({ it: { vpc_id: "vpc-1" } }), ...ofGroup },
    {
      of: "a default VPC whose group names no VPC",
      resource: { aws_default_vpc: { main: {} }, aws_default_security_group: { it: {} } },
      address: "aws_default_vpc.main",
    },
  ],
  nonCompliant: [
    {
      of: "a default VPC beside the group of another VPC",
      resource: { aws_default_vpc: { main: {} }, aws_default_security_group: { it: { vpc_id: "vpc-1" } } },
      address: "aws_default_vpc.main",
      path: "",
    },
    {
      of: "a default VPC beside the group of another region",
      resource: {
        aws_default_vpc: { main: {} },
        aws_default_security_group: { it: { provider: "aws.other" } },
      },
      rest: { provider: { aws: [{ region: "eu-west-1" }, { alias: "other", region: "eu-central-1" }] } },
      address: "aws_default_vpc.main",
      path: "",
    },
    { of: "a VPC that leaves its default group as it is", resource: vpc({}), ...ofVpc, path: "" },
    {
      of: "the default group of another VPC",
      resource: vpc({ it: { vpc_id: "vpc-1" } }),
      ...ofVpc,
      path: "",
    },
    {
      of: "a rule for what comes in",
      resource: vpc({
        it: { ...locked, ingress: [{ protocol: "-1", self: true, from_port: 0, to_port: 0 }] },
      }),
      ...ofGroup,
      path: "ingress",
    },
    {
      of: "a rule for what goes out",
      resource: vpc({ it: { ...locked, egress: [HTTPS, HTTP] } }),
      ...ofGroup,
      path: "egress[0]",
    },
    ...SEPARATE_RULES.map((type) => ({
      of: `an ${type} of the group`,
      resource: vpc(
        { it: locked },
        { [type]: { it: { security_group_id: "${aws_default_security_group.it.id}" } } },
      ),
      ...ofGroup,
      path: "",
    })),
    {
      of: "a rule that is added to the VPC's group",
      resource: vpc(
        { it: locked },
        {
          aws_vpc_security_group_egress_rule: {
            out: { security_group_id: "${aws_vpc.main.default_security_group_id}" },
          },
        },
      ),
      ...ofGroup,
      path: "",
    },
  ],
  unknown: [
    {
      of: "a default group of a VPC by a variable",
      resource: vpc({ it: { vpc_id: "${var.vpc}" } }),
      ...ofVpc,
    },
    {
      of: "a default group that may not be there",
      resource: vpc({ it: { ...locked, count: "${var.count}" } }),
      ...ofVpc,
    },
    { of: "rules by a variable", resource: vpc({ it: { ...locked, ingress: "${var.rules}" } }), ...ofGroup },
  ],
});
