import { Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { eachBlock, expectValue, mustBeOneOf, mustBeTrue } from "../expect";
import { type ResourceRule } from "../rule";
import { type Related, type Subject } from "../subject";
import { any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { areTwoZones, spansZones } from "./availability-zones";
import { anyBlock, anyCompanion } from "./companions";

const CLASSIC = ["aws_elb"];

/** The provider takes protocols in any case. */
const protocolOf = (listener: View): Value => {
  const protocol = listener.value("lb_protocol");
  return typeof protocol === "string" ? protocol.toUpperCase() : protocol;
};

const isEncrypted = (protocol: Value): boolean => protocol === "HTTPS" || protocol === "SSL";

const notKnown = (listener: View): Verdict =>
  unknown(listener.at("lb_protocol"), "the protocol is not known before the apply");

/** Judges the listeners that are encrypted. */
const eachEncrypted = (balancer: Subject, judge: (listener: View) => Verdict): Verdict =>
  eachBlock(
    balancer,
    "listener",
    (listener) => {
      const protocol = protocolOf(listener);
      if (typeof protocol !== "string") return notKnown(listener);
      return isEncrypted(protocol) ? judge(listener) : NOT_APPLICABLE;
    },
    NOT_APPLICABLE,
  );

const CERTIFICATES = /^(?:data\.)?aws_acm_certificate(?:_validation)?$/;

/** A certificate of ACM; one that is uploaded to IAM is not renewed by AWS. */
function isOfAcm(listener: View): Verdict {
  const value = listener.value("ssl_certificate_id");
  const path = listener.at("ssl_certificate_id");
  if (value instanceof Template) return unknown(path, "the certificate is not known before the apply");
  if (value instanceof Reference && !/certificate/.test(value.resource.type)) {
    return unknown(path, `whether ${value.resource.address} is a certificate of ACM is not known`);
  }
  return expectValue(listener, "ssl_certificate_id", {
    accepts: (given) =>
      given instanceof Reference
        ? CERTIFICATES.test(given.resource.type)
        : typeof given === "string" && /^arn:[\w-]+:acm:/.test(given),
    wanted: "a certificate of ACM",
  });
}

/** The predefined policy that ELB.8 asks for. */
const STRONG_POLICY = "ELBSecurityPolicy-TLS-1-2-2017-01";

const isPlain = (port: Value): boolean => typeof port === "number" || typeof port === "string";

/** Of what belongs to the load balancer, what is for a listener's port. */
function onPort({ found, uncertain }: Related, name: string, port: Value): Related {
  const maybe = found.some((each) => !isPlain(port) || !isPlain(each.value(name)));
  return {
    found: found.filter(
      (each) => isPlain(port) && isPlain(each.value(name)) && String(each.value(name)) === String(port),
    ),
    uncertain: uncertain ?? (maybe ? new Unknown("a port is not known before the apply") : undefined),
  };
}

/** A policy's attributes name a predefined policy, or list protocols and ciphers of its own. */
const isStrong = (policy: View, block: string): Verdict =>
  any(
    anyBlock(
      policy,
      block,
      (attribute) =>
        attribute.value("name") === "Reference-Security-Policy"
          ? mustBeOneOf(attribute, "value", [STRONG_POLICY])
          : NOT_APPLICABLE,
      NOT_APPLICABLE,
    ),
    nonCompliant(block, "ciphers of its own", `Reference-Security-Policy ${STRONG_POLICY}`),
  );

/** The policies of a load balancer that its listener on a port is told to use. */
function policiesOn(balancer: Subject, port: Value): Related {
  const attachments = onPort(
    balancer.related("aws_load_balancer_listener_policy", "load_balancer_name", ["name"]),
    "load_balancer_port",
    port,
  );
  const policies = balancer.related("aws_load_balancer_policy", "load_balancer_name", ["name"]);
  const names = attachments.found.flatMap((attachment) => attachment.value("policy_names"));
  const maybe =
    names.some((name) => typeof name !== "string" && name !== null) ||
    attachments.found.some(({ resource }) => resource.uncertain);
  return {
    found: policies.found.filter((policy) => names.includes(policy.value("policy_name"))),
    uncertain:
      attachments.uncertain ??
      (attachments.found.length > 0 ? policies.uncertain : undefined) ??
      (maybe ? new Unknown("a listener's policy is not known before the apply") : undefined),
  };
}

/** ELB.8: encrypted listeners negotiate by the strong predefined policy. */
function negotiatesStrongly(balancer: Subject, listener: View): Verdict {
  const port = listener.value("lb_port");
  const weak = nonCompliant(listener.path, "no policy: AWS's default one", STRONG_POLICY);
  const negotiation = balancer.related("aws_lb_ssl_negotiation_policy", "load_balancer", ["name"]);
  return any(
    anyCompanion(
      onPort(negotiation, "lb_port", port),
      (policy) => isStrong(policy, "attribute"),
      NOT_APPLICABLE,
    ),
    anyCompanion(
      policiesOn(balancer, port),
      (policy) => isStrong(policy, "policy_attribute"),
      NOT_APPLICABLE,
    ),
    weak,
  );
}

/** The rules for Classic Load Balancers. */
export const classicRules: readonly ResourceRule[] = [
  /** ELB.2: certificates are ACM's. */
  { control: "ELB.2", types: CLASSIC, judge: (balancer) => eachEncrypted(balancer, isOfAcm) },
  /** ELB.3: every listener is encrypted. */
  {
    control: "ELB.3",
    types: CLASSIC,
    judge: (balancer) =>
      eachBlock(
        balancer,
        "listener",
        (listener) => {
          const protocol = protocolOf(listener);
          if (typeof protocol !== "string") return notKnown(listener);
          return isEncrypted(protocol)
            ? COMPLIANT
            : nonCompliant(listener.at("lb_protocol"), protocol, "HTTPS or SSL");
        },
        NOT_APPLICABLE,
      ),
  },
  /** ELB.5: requests are logged. */
  {
    control: "ELB.5",
    types: CLASSIC,
    judge: (balancer) => {
      const logs = balancer.blocks("access_logs");
      // The block says where to; it logs unless it is switched off.
      return Array.isArray(logs) && logs.length === 0
        ? nonCompliant("access_logs", "nothing", "logs to a bucket")
        : mustBeTrue(balancer, "access_logs.enabled", true);
    },
  },
  /** ELB.7: requests under way are finished before an instance goes. */
  { control: "ELB.7", types: CLASSIC, judge: (balancer) => mustBeTrue(balancer, "connection_draining") },
  {
    control: "ELB.8",
    types: CLASSIC,
    judge: (balancer) => eachEncrypted(balancer, (listener) => negotiatesStrongly(balancer, listener)),
  },
  /** ELB.9: instances of all zones share the load. */
  {
    control: "ELB.9",
    types: CLASSIC,
    judge: (balancer) => mustBeTrue(balancer, "cross_zone_load_balancing", true),
  },
  /** ELB.10: it is in two availability zones. */
  {
    control: "ELB.10",
    types: CLASSIC,
    judge: (balancer, all) => {
      const zones = balancer.value("availability_zones");
      return zones === null
        ? spansZones(all, "subnets", balancer.value("subnets"))
        : areTwoZones("availability_zones", zones);
    },
  },
  /** ELB.14: requests that may be taken in two ways don't come through. */
  {
    control: "ELB.14",
    types: CLASSIC,
    judge: (balancer) =>
      mustBeOneOf(balancer, "desync_mitigation_mode", ["defensive", "strictest"], "defensive"),
  },
];
