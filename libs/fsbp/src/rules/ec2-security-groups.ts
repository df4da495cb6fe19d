import { Unknown } from "@landfall/terraform-graph";
import { eachBlock, render } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { COMPLIANT, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { type Forbidden, judgeOpening, type RuleShape, type Traffic } from "./ec2-openings";

/** A block `ingress` of a group, and the older resource for one rule. */
const CLASSIC: RuleShape = {
  protocol: "protocol",
  blocks: ["cidr_blocks", "ipv6_cidr_blocks"],
  prefixLists: ["prefix_list_ids"],
};

const INGRESS_RULE: RuleShape = {
  protocol: "ip_protocol",
  blocks: ["cidr_ipv4", "cidr_ipv6"],
  prefixLists: ["prefix_list_id"],
};

const AUTHORIZED_TCP_PORTS: readonly number[] = [80, 443];

/** The ports that EC2.19 names. @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19 */
const HIGH_RISK_PORTS: readonly number[] = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
  8088, 8888, 9200, 9300,
];

const within = (ports: readonly number[], traffic: Traffic): readonly number[] =>
  "from" in traffic ? ports.filter((port) => traffic.from <= port && port <= traffic.to) : [];

const describe = (traffic: Traffic): string => {
  if (!("from" in traffic)) return traffic.protocol === "all" ? "every port" : "a protocol without ports";
  const { protocol, from, to } = traffic;
  return `${protocol} ${from === to ? `port ${from}` : `ports ${from} to ${to}`}`;
};

/** ICMP has no ports, and is not judged. */
const UNAUTHORIZED: Forbidden = {
  in: (traffic) => {
    if (traffic.protocol === "icmp") return undefined;
    const authorized =
      traffic.protocol === "tcp" &&
      within(AUTHORIZED_TCP_PORTS, traffic).length === traffic.to - traffic.from + 1;
    return authorized ? undefined : describe(traffic);
  },
  wanted: "known sources, or TCP ports 80 and 443 only",
};

const HIGH_RISK: Forbidden = {
  in: (traffic) => {
    if (traffic.protocol === "all") return describe(traffic);
    const ports = within(HIGH_RISK_PORTS, traffic);
    return ports.length === 0 ? undefined : `${describe(traffic)}, with ${ports.join(", ")}`;
  },
  wanted: "known sources",
};

/** The rules of a group, or the one rule, each at the resource that holds it. */
function judgeIngress(subject: Subject, subjects: Subjects, forbidden: Forbidden): Verdict {
  switch (subject.resource.type) {
    case "aws_vpc_security_group_ingress_rule":
      return judgeOpening(subject, INGRESS_RULE, forbidden, subjects);
    case "aws_security_group_rule":
      return judgeClassicRule(subject, subjects, forbidden);
    default:
      // A group whose rules are all elsewhere opens nothing itself.
      return eachBlock(
        subject,
        "ingress",
        (block) => judgeOpening(block, CLASSIC, forbidden, subjects),
        COMPLIANT,
      );
  }
}

function judgeClassicRule(rule: Subject, subjects: Subjects, forbidden: Forbidden): Verdict {
  const type = rule.value("type");
  if (type === "egress") return NOT_APPLICABLE;
  const verdict = judgeOpening(rule, CLASSIC, forbidden, subjects);
  return type === "ingress" || verdict.status === "compliant"
    ? verdict
    : unknown("type", `whether it is ingress: ${type instanceof Unknown ? type.reason : render(type)}`);
}

const INGRESS_TYPES = [
  "aws_security_group",
  "aws_default_security_group",
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
];

export const securityGroupRules: readonly ResourceRule[] = [
  /** EC2.18: everyone gets to the ports of web servers at most. */
  {
    control: "EC2.18",
    types: INGRESS_TYPES,
    judge: (subject, subjects) => judgeIngress(subject, subjects, UNAUTHORIZED),
  },
  /** EC2.19: no one gets from everywhere to the ports of remote access, databases and the like, over TCP or UDP. */
  {
    control: "EC2.19",
    types: INGRESS_TYPES,
    judge: (subject, subjects) => judgeIngress(subject, subjects, HIGH_RISK),
  },
];
