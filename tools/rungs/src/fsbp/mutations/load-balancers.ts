import { type Mutation } from "../mutation";
import { type Resources, type ZoneDraft } from "../zone-draft";

const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/example";
const TARGETS = "${aws_lb_target_group.Added.arn}";
const FORWARD = { type: "forward", target_group_arn: TARGETS };

/** Two subnets of the zone, in two availability zones. */
const twoSubnets = (zone: ZoneDraft): readonly string[] => zone.references("aws_subnet", "id").slice(0, 2);

const BALANCER = (zone: ZoneDraft): Resources => ({
  aws_lb: {
    Added: {
      name: "added",
      internal: true,
      load_balancer_type: "application",
      subnets: twoSubnets(zone),
      drop_invalid_header_fields: true,
      enable_deletion_protection: true,
      desync_mitigation_mode: "defensive",
      access_logs: { bucket: "example", enabled: true },
    },
  },
});

const REDIRECT = {
  aws_lb_listener: {
    Added: {
      load_balancer_arn: "${aws_lb.Added.arn}",
      port: 80,
      protocol: "HTTP",
      default_action: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } },
      ],
    },
  },
};

const LISTENER = {
  aws_lb_listener: {
    Added: {
      load_balancer_arn: "${aws_lb.Added.arn}",
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      certificate_arn: CERTIFICATE,
      default_action: [FORWARD],
    },
  },
};

const TARGET_GROUP = (zone: ZoneDraft): Resources => ({
  aws_lb_target_group: {
    Added: {
      name: "added",
      port: 443,
      protocol: "HTTPS",
      target_type: "ip",
      vpc_id: zone.references("aws_vpc", "id")[0],
      health_check: { protocol: "HTTPS", path: "/" },
    },
  },
});

const CLASSIC = (zone: ZoneDraft): Resources => ({
  aws_elb: {
    Added: {
      name: "added",
      subnets: twoSubnets(zone),
      connection_draining: true,
      cross_zone_load_balancing: true,
      desync_mitigation_mode: "defensive",
      access_logs: { bucket: "example", enabled: true },
      listener: [
        {
          instance_port: 443,
          instance_protocol: "HTTPS",
          lb_port: 443,
          lb_protocol: "HTTPS",
          ssl_certificate_id: CERTIFICATE,
        },
      ],
    },
  },
  aws_load_balancer_policy: {
    Added: {
      load_balancer_name: "${aws_elb.Added.name}",
      policy_name: "strong",
      policy_type_name: "SSLNegotiationPolicyType",
      policy_attribute: [{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-TLS-1-2-2017-01" }],
    },
  },
  aws_load_balancer_listener_policy: {
    Added: {
      load_balancer_name: "${aws_elb.Added.name}",
      load_balancer_port: 443,
      policy_names: ["${aws_load_balancer_policy.Added.policy_name}"],
    },
  },
});

const balancer = (control: string, mutation: string, path: string, value: unknown): Mutation => ({
  control,
  mutation: `a load balancer ${mutation}`,
  at: "aws_lb",
  add: BALANCER,
  change: (zone) => zone.set("aws_lb", path, value),
});

const classic = (control: string, mutation: string, path: string, value: unknown): Mutation => ({
  control,
  mutation: `a Classic Load Balancer ${mutation}`,
  at: "aws_elb",
  add: CLASSIC,
  change: (zone) => zone.set("aws_elb", path, value),
});

/** How Elastic Load Balancing's controls are broken. */
export const loadBalancerMutations: readonly Mutation[] = [
  {
    control: "ELB.1",
    mutation: "an HTTP listener forwards instead of redirecting to HTTPS",
    at: "aws_lb_listener",
    add: REDIRECT,
    change: (zone) => zone.set("aws_lb_listener", "default_action", [FORWARD]),
  },
  classic(
    "ELB.2",
    "has a certificate of IAM",
    "listener.0.ssl_certificate_id",
    "arn:aws:iam::123456789012:server-certificate/example",
  ),
  classic("ELB.3", "listens by HTTP", "listener.0.lb_protocol", "HTTP"),
  balancer("ELB.4", "takes invalid headers", "drop_invalid_header_fields", false),
  balancer("ELB.5", "does not log", "access_logs.enabled", false),
  balancer("ELB.6", "can be deleted", "enable_deletion_protection", false),
  classic("ELB.7", "does not wait for requests under way", "connection_draining", false),
  {
    control: "ELB.8",
    mutation: "a Classic Load Balancer negotiates by an older policy",
    at: "aws_elb",
    add: CLASSIC,
    change: (zone) =>
      zone.set("aws_load_balancer_policy", "policy_attribute.0.value", "ELBSecurityPolicy-2016-08"),
  },
  classic("ELB.9", "keeps each zone's load in the zone", "cross_zone_load_balancing", false),
  {
    control: "ELB.10",
    mutation: "a Classic Load Balancer is in one subnet",
    at: "aws_elb",
    add: CLASSIC,
    change: (zone) => zone.set("aws_elb", "subnets", twoSubnets(zone).slice(0, 1)),
  },
  balancer("ELB.12", "lets ambiguous requests through", "desync_mitigation_mode", "monitor"),
  {
    control: "ELB.13",
    mutation: "a load balancer is in one subnet",
    at: "aws_lb",
    add: BALANCER,
    change: (zone) => zone.set("aws_lb", "subnets", twoSubnets(zone).slice(0, 1)),
  },
  classic("ELB.14", "lets ambiguous requests through", "desync_mitigation_mode", "monitor"),
  {
    control: "ELB.17",
    mutation: "an HTTPS listener takes an older TLS policy",
    at: "aws_lb_listener",
    add: LISTENER,
    change: (zone) => zone.set("aws_lb_listener", "ssl_policy", "ELBSecurityPolicy-2016-08"),
  },
  {
    control: "ELB.18",
    mutation: "a listener takes HTTP",
    at: "aws_lb_listener",
    add: LISTENER,
    change: (zone) => zone.set("aws_lb_listener", "protocol", "HTTP"),
  },
  {
    control: "ELB.21",
    mutation: "a target group checks health by HTTP",
    at: "aws_lb_target_group",
    add: TARGET_GROUP,
    change: (zone) => zone.set("aws_lb_target_group", "health_check.protocol", "HTTP"),
  },
  {
    control: "ELB.22",
    mutation: "a target group is reached by HTTP",
    at: "aws_lb_target_group",
    add: TARGET_GROUP,
    change: (zone) => zone.set("aws_lb_target_group", "protocol", "HTTP"),
  },
];
