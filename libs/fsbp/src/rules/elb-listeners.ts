import { Unknown } from "@landfall/terraform-graph";
import { ELB_TLS_POLICIES } from "../dated-list";
import { mustBeOneOf, render } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { NOT_APPLICABLE, nonCompliant, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { anyBlock } from "./companions";

const LISTENERS = ["aws_lb_listener", "aws_alb_listener"];
const LISTENER_RULES = ["aws_lb_listener_rule", "aws_alb_listener_rule"];

/** A Gateway Load Balancer's listener has no protocol of its own: it forwards packets in this one. */
const GATEWAY = "GENEVE";

/** A listener's protocol: left out, an Application Load Balancer's is HTTP. */
function protocolOf(listener: Subject): string | Unknown {
  const given = listener.value("protocol");
  if (typeof given === "string") return given;
  if (given !== null) return new Unknown(`the protocol ${render(given)} is not known before the apply`);
  const balancer = listener.target("load_balancer_arn");
  if (balancer === undefined) return new Unknown("its load balancer is not in this configuration");
  if (balancer instanceof Unknown) return balancer;
  const kind = balancer.value("load_balancer_type") ?? "application";
  if (kind === "gateway") return GATEWAY;
  return kind === "application" ? "HTTP" : new Unknown("the protocol is not known before the apply");
}

/** A rule for listeners that speak a protocol. */
const listenerRule = (
  control: string,
  appliesTo: (protocol: string) => boolean,
  judge: (listener: Subject) => Verdict,
): ResourceRule => ({
  control,
  types: LISTENERS,
  judge: (listener) => {
    const protocol = protocolOf(listener);
    if (protocol instanceof Unknown) return unknown("protocol", protocol.reason);
    return appliesTo(protocol) ? judge(listener) : NOT_APPLICABLE;
  },
});

/** One of the actions redirects to HTTPS; others before it may authenticate. */
const redirects = (view: View, name: string): Verdict =>
  anyBlock(
    view,
    name,
    (action) => {
      const type = mustBeOneOf(action, "type", ["redirect"]);
      // Left out, a redirect keeps the protocol of the request.
      return type.status === "compliant" ? mustBeOneOf(action, "redirect.protocol", ["HTTPS"]) : type;
    },
    nonCompliant(name, "no action", "a redirect to HTTPS"),
  );

/**
 * ELB.1: what comes in by HTTP is redirected to HTTPS, by the listener and by each of its rules.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/alb-http-to-https-redirection-check.html
 */
const redirectsToHttps: ResourceRule = {
  control: "ELB.1",
  types: [...LISTENERS, ...LISTENER_RULES],
  judge: (subject) => {
    const isListener = LISTENERS.includes(subject.resource.type);
    const listener = isListener ? subject : subject.target("listener_arn");
    const protocol =
      listener === undefined || listener instanceof Unknown
        ? (listener ?? new Unknown("its listener is not in this configuration"))
        : protocolOf(listener);
    if (protocol instanceof Unknown)
      return unknown(isListener ? "protocol" : "listener_arn", protocol.reason);
    return protocol === "HTTP"
      ? redirects(subject, isListener ? "default_action" : "action")
      : NOT_APPLICABLE;
  },
};

/** What ELB gives to a listener that Terraform makes without a policy. */
const DEFAULT_POLICY = "ELBSecurityPolicy-2016-08";

/** The rules for listeners of Application and Network Load Balancers. */
export const listenerRules: readonly ResourceRule[] = [
  redirectsToHttps,
  /** ELB.17: encryption is by one of AWS's recommended policies. */
  listenerRule(
    "ELB.17",
    (protocol) => protocol === "HTTPS" || protocol === "TLS",
    (listener) => mustBeOneOf(listener, "ssl_policy", ELB_TLS_POLICIES.values, DEFAULT_POLICY),
  ),
  /** ELB.18: listeners end encrypted connections. ELB.1 asks for a listener that this refuses: except that one. */
  listenerRule(
    "ELB.18",
    (protocol) => protocol !== GATEWAY,
    (listener) => mustBeOneOf(listener, "protocol", ["HTTPS", "TLS"]),
  ),
];
