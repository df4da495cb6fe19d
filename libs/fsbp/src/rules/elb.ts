import { Unknown, type Value } from "@landfall/terraform-graph";
import { mustBeOneOf, mustBeTrue, render } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { spansZones } from "./availability-zones";
import { classicRules } from "./elb-classic";
import { listenerRules } from "./elb-listeners";

const LOAD_BALANCERS = ["aws_lb", "aws_alb"];
const TARGET_GROUPS = ["aws_lb_target_group", "aws_alb_target_group"];

/** A rule for load balancers of the current generation. @param kinds what it applies to, e.g. `application` */
const balancerRule = (
  control: string,
  kinds: readonly string[],
  judge: (balancer: Subject, all: Subjects) => Verdict,
): ResourceRule => ({
  control,
  types: LOAD_BALANCERS,
  judge: (balancer, all) => {
    const kind = mustBeOneOf(balancer, "load_balancer_type", kinds, "application");
    if (kind.status === "unknown") return kind;
    return kind.status === "compliant" ? judge(balancer, all) : NOT_APPLICABLE;
  },
});

const ALL_KINDS = ["application", "network", "gateway"];

/** The subnets of a load balancer, in whichever of both ways they are given. */
function subnetsOf(balancer: Subject): { readonly path: string; readonly subnets: Value } {
  const subnets = balancer.value("subnets");
  if (subnets !== null) return { path: "subnets", subnets };
  const mappings = balancer.blocks("subnet_mapping");
  if (mappings instanceof Unknown) return { path: "subnet_mapping", subnets: mappings };
  return mappings.length === 0
    ? { path: "subnets", subnets: null }
    : { path: "subnet_mapping", subnets: mappings.map((mapping) => mapping.value("subnet_id")) };
}

/** A rule for target groups; a function is not reached through the network. */
const targetRule = (
  control: string,
  exempt: { readonly targets: readonly string[]; readonly protocols: readonly string[] },
  judge: (group: Subject) => Verdict,
): ResourceRule => ({
  control,
  types: TARGET_GROUPS,
  judge: (group) => {
    const target = group.value("target_type") ?? "instance";
    if (typeof target !== "string")
      return unknown("target_type", `${render(target)} is not known before the apply`);
    const protocol = group.value("protocol");
    return exempt.targets.includes(target) ||
      (typeof protocol === "string" && exempt.protocols.includes(protocol))
      ? NOT_APPLICABLE
      : judge(group);
  },
});

const currentRules: readonly ResourceRule[] = [
  /** ELB.4: requests with invalid headers lose them. */
  balancerRule("ELB.4", ["application"], (balancer) => mustBeTrue(balancer, "drop_invalid_header_fields")),
  /** ELB.5: requests are logged. */
  balancerRule("ELB.5", ["application"], (balancer) => mustBeTrue(balancer, "access_logs.enabled")),
  /** ELB.6: nobody deletes it by mistake. */
  balancerRule("ELB.6", ALL_KINDS, (balancer) => mustBeTrue(balancer, "enable_deletion_protection")),
  /** ELB.12: requests that may be taken in two ways don't come through. */
  balancerRule("ELB.12", ["application"], (balancer) =>
    mustBeOneOf(balancer, "desync_mitigation_mode", ["defensive", "strictest"], "defensive"),
  ),
  /** ELB.13: it is in two availability zones. */
  balancerRule("ELB.13", ALL_KINDS, (balancer, all) => {
    const { path, subnets } = subnetsOf(balancer);
    return spansZones(all, path, subnets);
  }),
  /** ELB.21: health checks are encrypted. Left out, they speak HTTP. */
  targetRule("ELB.21", { targets: ["lambda"], protocols: ["GENEVE"] }, (group) =>
    mustBeOneOf(group, "health_check.protocol", ["HTTPS"], "HTTP"),
  ),
  /** ELB.22: what is sent to targets is encrypted. A load balancer as a target is judged by its own listeners. */
  targetRule("ELB.22", { targets: ["lambda", "alb"], protocols: ["GENEVE"] }, (group) =>
    mustBeOneOf(group, "protocol", ["HTTPS", "TLS", "QUIC"]),
  ),
];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html */
export const elbRules: readonly ResourceRule[] = [...currentRules, ...listenerRules, ...classicRules];
