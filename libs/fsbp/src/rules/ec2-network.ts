import { Unknown, type Value } from "@landfall/terraform-graph";
import { eachBlock, expectValue, isSet, mustBeFalse, mustBeOneOf, mustBeTrue, render } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, nonCompliant, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { anyCompanion } from "./companions";
import { type Forbidden, judgeOpening, type RuleShape, type Traffic } from "./ec2-openings";
import { INSTANCES, VPCS } from "./ec2-subjects";

/** EC2.6: a flow log of each VPC records what is refused, alone or with all else. One of a subnet does not do. */
const flowLog: ResourceRule = {
  control: "EC2.6",
  types: VPCS,
  judge: (vpc) =>
    anyCompanion(
      vpc.related("aws_flow_log", "vpc_id"),
      (log) => mustBeOneOf(log, "traffic_type", ["REJECT", "ALL"]),
      nonCompliant("", "no aws_flow_log", "one of this VPC with the traffic type REJECT or ALL"),
    ),
};

/** EC2.15: a subnet gives no public address on its own, neither IPv4 nor IPv6. A default subnet does unless told. */
const noPublicAddresses: ResourceRule = {
  control: "EC2.15",
  types: ["aws_subnet", "aws_default_subnet"],
  judge: (subnet) =>
    all(
      mustBeFalse(subnet, "map_public_ip_on_launch", subnet.resource.type === "aws_default_subnet"),
      mustBeFalse(subnet, "assign_ipv6_address_on_creation", false),
    ),
};

/** EC2.16: a network ACL guards a subnet. The default one can't be removed, and is not judged. */
const usedAcl: ResourceRule = {
  control: "EC2.16",
  types: ["aws_network_acl"],
  judge: (acl) =>
    any(
      expectValue(acl, "subnet_ids", {
        accepts: isSet,
        wanted: "a subnet, here or by an aws_network_acl_association",
      }),
      anyCompanion(
        acl.related("aws_network_acl_association", "network_acl_id"),
        () => COMPLIANT,
        NOT_APPLICABLE,
      ),
    ),
};

const ACL_RULE: RuleShape = {
  protocol: "protocol",
  blocks: ["cidr_block", "ipv6_cidr_block"],
  prefixLists: [],
};

const ADMIN_PORTS: readonly number[] = [22, 3389];

const ADMIN_ACCESS: Forbidden = {
  in: (traffic: Traffic) => {
    if (traffic.protocol === "all") return "every port";
    if (!("from" in traffic)) return undefined;
    const ports = ADMIN_PORTS.filter((port) => traffic.from <= port && port <= traffic.to);
    return ports.length === 0 ? undefined : `${traffic.protocol} port ${ports.join(", ")}`;
  },
  wanted: "known sources for ports 22 and 3389",
};

/**
 * EC2.21: no entry of a network ACL lets everyone to SSH or remote desktop, over TCP or UDP. As AWS does, it judges each
 * entry by itself: one that denies does not make up for a later one that allows. Default ACLs are exempt.
 */
const noAdminAccess: ResourceRule = {
  control: "EC2.21",
  types: ["aws_network_acl", "aws_network_acl_rule"],
  judge: (subject, subjects) =>
    subject.resource.type === "aws_network_acl"
      ? eachBlock(
          subject,
          "ingress",
          (entry) =>
            onlyIf(entry.value("action"), "allow", entry.at("action"), () =>
              judgeOpening(entry, ACL_RULE, ADMIN_ACCESS, subjects),
            ),
          COMPLIANT,
        )
      : judgeAclRule(subject, subjects),
};

const DEFAULT_ACL_OF: ReadonlySet<string> = new Set([...VPCS, "aws_default_network_acl"]);

function judgeAclRule(rule: Subject, subjects: Subjects): Verdict {
  const acl = rule.target("network_acl_id");
  // A VPC's attribute that stands here is its `default_network_acl_id`.
  const isDefault = acl !== undefined && !(acl instanceof Unknown) && DEFAULT_ACL_OF.has(acl.resource.type);
  const egress = rule.value("egress");
  if (isDefault || egress === true || egress === "true") return NOT_APPLICABLE;
  const verdict = onlyIf(rule.value("rule_action"), "allow", "rule_action", () =>
    judgeOpening(rule, ACL_RULE, ADMIN_ACCESS, subjects),
  );
  return egress instanceof Unknown && verdict.status === "non-compliant"
    ? unknown("egress", egress.reason)
    : verdict;
}

/** Judges only where a text is the one in question: compliant where it is another, unknown where it can't be told. */
function onlyIf(given: Value, text: string, path: string, judge: () => Verdict): Verdict {
  if (typeof given === "string" && given.toLowerCase() !== text) return COMPLIANT;
  const verdict = judge();
  return typeof given === "string" || verdict.status === "compliant"
    ? verdict
    : unknown(path, `${render(given)} is not known before the apply`);
}

export const networkRules: readonly ResourceRule[] = [
  flowLog,
  noPublicAddresses,
  usedAcl,
  noAdminAccess,
  /** EC2.23: a transit gateway takes no attachment that nobody has looked at. */
  {
    control: "EC2.23",
    types: ["aws_ec2_transit_gateway"],
    judge: (gateway) => mustBeOneOf(gateway, "auto_accept_shared_attachments", ["disable"], "disable"),
  },
  /** EC2.180: a network interface takes only what is meant for it. An instance's setting is that of its first one. */
  {
    control: "EC2.180",
    types: ["aws_network_interface", ...INSTANCES],
    judge: (subject) => mustBeTrue(subject, "source_dest_check", true),
  },
];
