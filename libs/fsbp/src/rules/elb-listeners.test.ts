import { describeRule } from "../testing/cases";
import { listenerRules } from "./elb-listeners";

const rule = (id: string) => {
  const found = listenerRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const listener = (config: object, kind = "application") => ({
  aws_lb: { front: { load_balancer_type: kind } },
  aws_lb_listener: { in: { load_balancer_arn: "${aws_lb.front.arn}", ...config } },
});
const REDIRECT = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } };
const FORWARD = { type: "forward", target_group_arn: "arn" };
const http = (...default_action: object[]) => listener({ protocol: "HTTP", port: 80, default_action });
const withRule = (protocol: string, ...action: object[]) => ({
  ...listener({ protocol, default_action: [REDIRECT] }),
  aws_lb_listener_rule: { also: { listener_arn: "${aws_lb_listener.in.arn}", action } },
});
const RULE = "aws_lb_listener_rule.also";

describeRule(rule("ELB.1"), {
  compliant: [
    { of: "a redirect", resource: http(REDIRECT) },
    { of: "a redirect by a rule", resource: withRule("HTTP", REDIRECT), address: RULE },
  ],
  nonCompliant: [
    { of: "HTTP that is forwarded", resource: http(FORWARD), path: "default_action.type" },
    {
      of: "a listener that speaks HTTP by default",
      resource: listener({ default_action: FORWARD }),
      path: "default_action.type",
    },
    {
      of: "a redirect that keeps the protocol",
      resource: http({ type: "redirect", redirect: { port: "8080", status_code: "HTTP_301" } }),
      path: "default_action.redirect.protocol",
    },
    {
      of: "HTTP that a rule forwards",
      resource: withRule("HTTP", FORWARD),
      address: RULE,
      path: "action.type",
    },
    {
      of: "a listener of a load balancer of the default kind",
      resource: {
        aws_lb: { front: {} },
        aws_lb_listener: { in: { load_balancer_arn: "${aws_lb.front.arn}", default_action: [FORWARD] } },
      },
      path: "default_action.type",
    },
    {
      of: "a rule under its other name",
      resource: {
        ...http(REDIRECT),
        aws_alb_listener_rule: { also: { listener_arn: "${aws_lb_listener.in.arn}", action: [FORWARD] } },
      },
      address: "aws_alb_listener_rule.also",
      path: "action.type",
    },
    {
      of: "a listener under its other name",
      resource: { aws_alb_listener: { in: { protocol: "HTTP", default_action: [FORWARD] } } },
      path: "default_action.type",
    },
  ],
  unknown: [
    { of: "a protocol by a variable", resource: listener({ protocol: "${var.protocol}" }) },
    { of: "an action by a variable", resource: http({ type: "${var.action}" }) },
    {
      of: "actions by a variable",
      resource: listener({ protocol: "HTTP", default_action: "${var.actions}" }),
    },
    {
      of: "a rule of a listener elsewhere",
      resource: { aws_lb_listener_rule: { also: { listener_arn: "arn", action: [FORWARD] } } },
    },
    {
      of: "a listener without a protocol of a load balancer elsewhere",
      resource: { aws_lb_listener: { in: { load_balancer_arn: "arn", default_action: [FORWARD] } } },
    },
  ],
  notApplicable: [
    { of: "HTTPS", resource: listener({ protocol: "HTTPS", default_action: [FORWARD] }) },
    { of: "a rule of HTTPS", resource: withRule("HTTPS", FORWARD), address: RULE },
  ],
});

const GOOD = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

describeRule(rule("ELB.17"), {
  compliant: [
    { of: "a recommended policy", resource: listener({ protocol: "HTTPS", ssl_policy: GOOD }) },
    {
      of: "a recommended policy for TLS",
      resource: listener({ protocol: "TLS", ssl_policy: GOOD }, "network"),
    },
  ],
  nonCompliant: [
    { of: "the default policy", resource: listener({ protocol: "HTTPS" }), path: "ssl_policy" },
    {
      of: "a policy that was recommended once",
      resource: listener({ protocol: "TLS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
      path: "ssl_policy",
    },
  ],
  unknown: [
    { of: "a policy by a variable", resource: listener({ protocol: "HTTPS", ssl_policy: "${var.policy}" }) },
    { of: "a protocol by a variable", resource: listener({ protocol: "${var.protocol}" }) },
  ],
  notApplicable: [{ of: "a listener that is not encrypted", resource: listener({ protocol: "HTTP" }) }],
});

describeRule(rule("ELB.18"), {
  compliant: [
    { of: "HTTPS", resource: listener({ protocol: "HTTPS" }) },
    { of: "TLS", resource: listener({ protocol: "TLS" }, "network") },
  ],
  nonCompliant: [
    { of: "HTTP, also where it redirects", resource: http(REDIRECT), path: "protocol" },
    { of: "HTTP by default", resource: listener({}), path: "protocol" },
    { of: "TCP", resource: listener({ protocol: "TCP" }, "network"), path: "protocol" },
  ],
  unknown: [{ of: "a protocol by a variable", resource: listener({ protocol: "${var.protocol}" }) }],
  notApplicable: [{ of: "a Gateway Load Balancer's listener", resource: listener({}, "gateway") }],
});
