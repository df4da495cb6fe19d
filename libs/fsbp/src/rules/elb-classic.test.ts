import { describeRule } from "../testing/cases";
import { classicRules } from "./elb-classic";

type More = Record<string, Record<string, object>>;

const rule = (id: string) => {
  const found = classicRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const elb = (config: object, more: More = {}) => ({ aws_elb: { old: config }, ...more });
const HTTP = { lb_port: 80, lb_protocol: "http", instance_port: 80, instance_protocol: "http" };
const HTTPS = { lb_port: 443, lb_protocol: "https", instance_port: 443, instance_protocol: "https" };
const https = (ssl_certificate_id: string, more: More = {}) =>
  elb({ listener: [HTTP, { ...HTTPS, ssl_certificate_id }] }, more);

describeRule(rule("ELB.2"), {
  compliant: [
    {
      of: "a certificate of the configuration",
      resource: https("${aws_acm_certificate.c.arn}", { aws_acm_certificate: { c: {} } }),
    },
    { of: "a certificate by its ARN", resource: https("arn:aws:acm:eu-west-1:123456789012:certificate/c") },
  ],
  nonCompliant: [
    {
      of: "a certificate that was uploaded to IAM",
      resource: https("${aws_iam_server_certificate.c.arn}", { aws_iam_server_certificate: { c: {} } }),
      path: "listener[1].ssl_certificate_id",
    },
    {
      of: "a certificate of IAM by its ARN",
      resource: https("arn:aws:iam::123456789012:server-certificate/c"),
      path: "listener[1].ssl_certificate_id",
    },
    { of: "no certificate", resource: elb({ listener: HTTPS }), path: "listener.ssl_certificate_id" },
  ],
  unknown: [
    { of: "a certificate by a variable", resource: https("${var.certificate}") },
    { of: "a certificate in part by a variable", resource: https("arn:aws:${var.rest}") },
    { of: "a listener by a variable", resource: elb({ listener: "${var.listener}" }) },
    { of: "a protocol by a variable", resource: elb({ listener: { lb_protocol: "${var.protocol}" } }) },
    {
      of: "a certificate that something else gives",
      resource: https("${terraform_data.c.output}", { terraform_data: { c: {} } }),
    },
  ],
  notApplicable: [
    { of: "a listener that is not encrypted", resource: elb({ listener: HTTP }) },
    { of: "no listener", resource: elb({}) },
  ],
});

describeRule(rule("ELB.3"), {
  compliant: [
    {
      of: "HTTPS and SSL",
      resource: elb({ listener: [HTTPS, { ...HTTPS, lb_protocol: "SSL", lb_port: 8443 }] }),
    },
  ],
  nonCompliant: [
    { of: "HTTP beside HTTPS", resource: elb({ listener: [HTTPS, HTTP] }), path: "listener[1].lb_protocol" },
    { of: "TCP", resource: elb({ listener: { lb_protocol: "TCP" } }), path: "listener.lb_protocol" },
  ],
  unknown: [
    { of: "a protocol by a variable", resource: elb({ listener: { lb_protocol: "${var.protocol}" } }) },
  ],
  notApplicable: [{ of: "no listener", resource: elb({}) }],
});

describeRule(rule("ELB.5"), {
  compliant: [{ of: "logs", resource: elb({ access_logs: { bucket: "logs" } }) }],
  nonCompliant: [
    { of: "no logs", resource: elb({}), path: "access_logs" },
    {
      of: "logs that are switched off",
      resource: elb({ access_logs: { bucket: "logs", enabled: false } }),
      path: "access_logs.enabled",
    },
  ],
  unknown: [
    { of: "logs by a variable", resource: elb({ access_logs: { bucket: "logs", enabled: "${var.logs}" } }) },
    { of: "a block by a variable", resource: elb({ access_logs: "${var.logs}" }) },
  ],
});

describeRule(rule("ELB.7"), {
  compliant: [{ of: "draining", resource: elb({ connection_draining: true }) }],
  nonCompliant: [{ of: "no draining", resource: elb({}), path: "connection_draining" }],
  unknown: [{ of: "draining by a variable", resource: elb({ connection_draining: "${var.drain}" }) }],
});

const STRONG = "ELBSecurityPolicy-TLS-1-2-2017-01";
const named = (value: string) => [{ name: "Reference-Security-Policy", value }];
const OLD = "${aws_elb.old.name}";
const tls = (more: More) => elb({ name: "old", listener: [HTTP, HTTPS] }, more);
const attached = (policy_attribute: object[], load_balancer_port: number | string = 443) =>
  tls({
    aws_load_balancer_policy: {
      tls: {
        load_balancer_name: OLD,
        policy_name: "tls",
        policy_type_name: "SSLNegotiationPolicyType",
        policy_attribute,
      },
    },
    aws_load_balancer_listener_policy: {
      tls: {
        load_balancer_name: OLD,
        load_balancer_port,
        policy_names: ["${aws_load_balancer_policy.tls.policy_name}"],
      },
    },
  });
const negotiated = (
  attribute: object[],
  load_balancer = "${aws_elb.old.id}",
  lb_port: number | string = 443,
  listener: object[] = [HTTP, HTTPS],
) =>
  elb(
    { name: "old", listener },
    { aws_lb_ssl_negotiation_policy: { tls: { name: "tls", load_balancer, lb_port, attribute } } },
  );

describeRule(rule("ELB.8"), {
  compliant: [
    { of: "the strong policy", resource: attached(named(STRONG)) },
    { of: "the strong policy for a port as text", resource: attached(named(STRONG), "443") },
    { of: "the strong policy in one resource", resource: negotiated(named(STRONG)) },
    { of: "the strong policy for the load balancer by its name", resource: negotiated(named(STRONG), "old") },
  ],
  nonCompliant: [
    { of: "the default policy", resource: tls({}), path: "listener[1]" },
    {
      of: "the strong policy for another port",
      resource: attached(named(STRONG), 8443),
      path: "listener[1]",
    },
    {
      of: "a weaker policy",
      resource: attached(named("ELBSecurityPolicy-2016-08")),
      path: "aws_load_balancer_policy.tls.policy_attribute.value",
    },
    {
      of: "a policy without attributes",
      resource: attached([]),
      path: "aws_load_balancer_policy.tls.policy_attribute",
    },
    {
      of: "a policy of nobody knows which load balancer, which no listener uses",
      resource: tls({ aws_load_balancer_policy: { tls: { load_balancer_name: "${var.balancer}" } } }),
      path: "listener[1]",
    },
    {
      of: "ciphers of one's own",
      resource: negotiated([{ name: "Protocol-TLSv1.2", value: "true" }]),
      path: "aws_lb_ssl_negotiation_policy.tls.attribute",
    },
  ],
  unknown: [
    { of: "a policy by a variable", resource: negotiated(named("${var.policy}")) },
    {
      of: "a policy of nobody knows which load balancer",
      resource: negotiated(named(STRONG), "${var.balancer}"),
    },
    { of: "a port by a variable", resource: negotiated(named(STRONG), undefined, "${var.port}") },
    {
      of: "ports by two variables",
      resource: negotiated(named(STRONG), undefined, "${var.port}", [{ ...HTTPS, lb_port: "${var.other}" }]),
    },
    {
      of: "a policy's name by a variable",
      resource: tls({
        aws_load_balancer_listener_policy: {
          tls: { load_balancer_name: OLD, load_balancer_port: 443, policy_names: ["${var.policy}"] },
        },
      }),
    },
  ],
  notApplicable: [{ of: "a listener that is not encrypted", resource: elb({ listener: HTTP }) }],
});

describeRule(rule("ELB.9"), {
  compliant: [{ of: "the default", resource: elb({}) }],
  nonCompliant: [
    {
      of: "zones that keep their load",
      resource: elb({ cross_zone_load_balancing: false }),
      path: "cross_zone_load_balancing",
    },
  ],
  unknown: [{ of: "a switch by a variable", resource: elb({ cross_zone_load_balancing: "${var.cross}" }) }],
});

const subnets = (a: string, b: string) =>
  elb(
    { subnets: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"] },
    { aws_subnet: { a: { availability_zone: a }, b: { availability_zone: b } } },
  );

describeRule(rule("ELB.10"), {
  compliant: [
    { of: "two zones", resource: elb({ availability_zones: ["eu-west-1a", "eu-west-1b"] }) },
    { of: "subnets in two zones", resource: subnets("eu-west-1a", "eu-west-1b") },
  ],
  nonCompliant: [
    { of: "one zone", resource: elb({ availability_zones: ["eu-west-1a"] }), path: "availability_zones" },
    { of: "subnets in one zone", resource: subnets("eu-west-1a", "eu-west-1a"), path: "subnets" },
  ],
  unknown: [
    { of: "zones by a variable", resource: elb({ availability_zones: "${var.zones}" }) },
    { of: "a zone by a variable", resource: elb({ availability_zones: ["eu-west-1a", "${var.zone}"] }) },
  ],
});

describeRule(rule("ELB.14"), {
  compliant: [
    { of: "the default", resource: elb({}) },
    { of: "the strictest mode", resource: elb({ desync_mitigation_mode: "strictest" }) },
  ],
  nonCompliant: [
    {
      of: "a mode that only watches",
      resource: elb({ desync_mitigation_mode: "monitor" }),
      path: "desync_mitigation_mode",
    },
  ],
  unknown: [{ of: "a mode by a variable", resource: elb({ desync_mitigation_mode: "${var.mode}" }) }],
});
