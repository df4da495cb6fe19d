import { describeRule } from "../testing/cases";
import { elbRules } from "./elb";

const rule = (id: string) => {
  const found = elbRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const lb = (config: object, more: Record<string, Record<string, object>> = {}) => ({
  aws_lb: { front: config },
  ...more,
});
const NETWORK = { load_balancer_type: "network" };
const BY_VARIABLE = { load_balancer_type: "${var.kind}" };

describeRule(rule("ELB.4"), {
  compliant: [{ of: "dropped headers", resource: lb({ drop_invalid_header_fields: true }) }],
  nonCompliant: [
    { of: "headers as they come", resource: lb({}), path: "drop_invalid_header_fields" },
    {
      of: "the same under its other name",
      resource: { aws_alb: { front: { load_balancer_type: "application" } } },
      path: "drop_invalid_header_fields",
    },
  ],
  unknown: [
    { of: "a switch by a variable", resource: lb({ drop_invalid_header_fields: "${var.drop}" }) },
    { of: "a kind by a variable", resource: lb(BY_VARIABLE) },
  ],
  notApplicable: [{ of: "a Network Load Balancer", resource: lb(NETWORK) }],
});

const balancerLogs = elbRules.filter(({ control }) => control === "ELB.5");
const rulesFor = (type: string) => {
  const found = balancerLogs.find(({ types }) => types.includes(type));
  if (!found) throw new Error(`no rule for ${type}`);
  return found;
};

describeRule(rulesFor("aws_lb"), {
  compliant: [{ of: "logs", resource: lb({ access_logs: { bucket: "logs", enabled: true } }) }],
  nonCompliant: [
    { of: "no logs", resource: lb({}), path: "access_logs.enabled" },
    {
      of: "a bucket for logs that are not switched on",
      resource: lb({ access_logs: [{ bucket: "logs" }] }),
      path: "access_logs.enabled",
    },
  ],
  unknown: [{ of: "logs by a variable", resource: lb({ access_logs: { enabled: "${var.logs}" } }) }],
  notApplicable: [{ of: "a Network Load Balancer", resource: lb(NETWORK) }],
});

describeRule(rule("ELB.6"), {
  compliant: [{ of: "protection", resource: lb({ enable_deletion_protection: true }) }],
  nonCompliant: [
    { of: "no protection", resource: lb(NETWORK), path: "enable_deletion_protection" },
    {
      of: "a Gateway Load Balancer without protection",
      resource: lb({ load_balancer_type: "gateway", enable_deletion_protection: false }),
      path: "enable_deletion_protection",
    },
  ],
  unknown: [{ of: "protection by a variable", resource: lb({ enable_deletion_protection: "${var.keep}" }) }],
});

describeRule(rule("ELB.12"), {
  compliant: [
    { of: "the default", resource: lb({}) },
    { of: "the strictest mode", resource: lb({ desync_mitigation_mode: "strictest" }) },
  ],
  nonCompliant: [
    {
      of: "a mode that only watches",
      resource: lb({ desync_mitigation_mode: "monitor" }),
      path: "desync_mitigation_mode",
    },
  ],
  unknown: [{ of: "a mode by a variable", resource: lb({ desync_mitigation_mode: "${var.mode}" }) }],
  notApplicable: [{ of: "a Network Load Balancer", resource: lb(NETWORK) }],
});

const zones = (a: string, b: string) => ({
  aws_subnet: { a: { availability_zone: a }, b: { availability_zone: b } },
});
const BOTH = ["${aws_subnet.a.id}", "${aws_subnet.b.id}"];
const mapped = BOTH.map((subnet_id) => ({ subnet_id }));

describeRule(rule("ELB.13"), {
  compliant: [
    { of: "subnets in two zones", resource: lb({ subnets: BOTH }, zones("eu-west-1a", "eu-west-1b")) },
    {
      of: "mapped subnets in two zones",
      resource: lb({ ...NETWORK, subnet_mapping: mapped }, zones("eu-west-1a", "eu-west-1b")),
    },
  ],
  nonCompliant: [
    {
      of: "subnets in one zone",
      resource: lb({ subnets: BOTH }, zones("eu-west-1a", "eu-west-1a")),
      path: "subnets",
    },
    {
      of: "mapped subnets in one zone",
      resource: lb({ ...NETWORK, subnet_mapping: mapped }, zones("eu-west-1a", "eu-west-1a")),
      path: "subnet_mapping",
    },
    { of: "no subnets", resource: lb(NETWORK), path: "subnets" },
  ],
  unknown: [
    { of: "literal subnets", resource: lb({ subnets: ["subnet-1", "subnet-2"] }) },
    { of: "subnets by a variable", resource: lb({ subnets: "${var.subnets}" }) },
    { of: "mappings by a variable", resource: lb({ ...NETWORK, subnet_mapping: "${var.mappings}" }) },
  ],
});

const group = (config: object) => ({ aws_lb_target_group: { app: { port: 443, ...config } } });

describeRule(rule("ELB.21"), {
  compliant: [
    { of: "checks by HTTPS", resource: group({ protocol: "HTTPS", health_check: { protocol: "HTTPS" } }) },
    {
      of: "checks by HTTPS of a load balancer",
      resource: group({ target_type: "alb", protocol: "TCP", health_check: { protocol: "HTTPS" } }),
    },
  ],
  nonCompliant: [
    { of: "the default check", resource: group({ protocol: "HTTPS" }), path: "health_check.protocol" },
    {
      of: "checks by TCP",
      resource: group({ protocol: "TLS", health_check: [{ protocol: "TCP" }] }),
      path: "health_check.protocol",
    },
  ],
  unknown: [
    {
      of: "checks by a variable",
      resource: group({ protocol: "HTTPS", health_check: { protocol: "${var.protocol}" } }),
    },
    { of: "targets by a variable", resource: group({ target_type: "${var.target}" }) },
  ],
  notApplicable: [
    { of: "a function", resource: group({ target_type: "lambda" }) },
    { of: "a gateway's targets", resource: group({ protocol: "GENEVE" }) },
  ],
});

describeRule(rule("ELB.22"), {
  compliant: [
    { of: "HTTPS", resource: group({ protocol: "HTTPS" }) },
    { of: "TLS", resource: group({ protocol: "TLS", target_type: "ip" }) },
    { of: "QUIC", resource: group({ protocol: "QUIC" }) },
  ],
  nonCompliant: [
    { of: "HTTP", resource: group({ protocol: "HTTP" }), path: "protocol" },
    {
      of: "the same under its other name",
      resource: { aws_alb_target_group: { app: {} } },
      path: "protocol",
    },
  ],
  unknown: [{ of: "a protocol by a variable", resource: group({ protocol: "${var.protocol}" }) }],
  notApplicable: [
    { of: "a function", resource: group({ target_type: "lambda" }) },
    { of: "a load balancer", resource: group({ target_type: "alb", protocol: "TCP" }) },
    { of: "a gateway's targets", resource: group({ protocol: "GENEVE" }) },
  ],
});
