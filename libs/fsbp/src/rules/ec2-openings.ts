import { isList, Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { render } from "../expect";
import { type Subject, type Subjects } from "../subject";
import { all, COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { ofCompanion } from "./companions";

/** What a rule of a security group or a network ACL lets through. Protocols without ports are `icmp` or `other`. */
export type Traffic =
  | { readonly protocol: "tcp" | "udp"; readonly from: number; readonly to: number }
  | { readonly protocol: "all" | "icmp" | "other" };

/** How a kind of rule names its arguments. */
export interface RuleShape {
  readonly protocol: string;
  /** Arguments with a CIDR block or a list of them. */
  readonly blocks: readonly string[];
  /** Arguments with the id of a prefix list or a list of them. */
  readonly prefixLists: readonly string[];
}

/** What a control forbids to everyone. */
export interface Forbidden {
  /** What is wrong with the traffic, in words; `undefined` where nothing is. */
  readonly in: (traffic: Traffic) => string | undefined;
  /** What the control asks for. */
  readonly wanted: string;
}

const PROTOCOLS: Readonly<Record<string, Traffic["protocol"]>> = {
  "-1": "all",
  all: "all",
  "6": "tcp",
  tcp: "tcp",
  "17": "udp",
  udp: "udp",
  "1": "icmp",
  icmp: "icmp",
  "58": "icmp",
  icmpv6: "icmp",
};

const LAST_PORT = 65_535;

/** The resources whose addresses AWS or the configuration gives out: none of them is the whole internet. */
const ADDRESSED = /^(data\.)?aws_(default_)?(vpc|subnet|eip|nat_gateway|instance|network_interface)s?(_|$)/;

/** Judges a rule that lets traffic in: what the control forbids must not come from everywhere. */
export function judgeOpening(
  view: View,
  shape: RuleShape,
  forbidden: Forbidden,
  subjects: Subjects,
): Verdict {
  const traffic = trafficOf(view, shape);
  const problem = "status" in traffic ? traffic : forbidden.in(traffic);
  if (problem === undefined) return COMPLIANT;
  const open = opennessOf(view, shape, subjects);
  if (open.status !== "non-compliant") return open;
  return typeof problem === "string"
    ? nonCompliant(open.path, `${open.found} to ${problem}`, forbidden.wanted)
    : problem;
}

/** What is let through: a verdict where it is not known. */
function trafficOf(view: View, shape: RuleShape): Traffic | Verdict {
  const given = view.value(shape.protocol);
  const hidden = notPlain(view, shape.protocol, given);
  if (hidden) return hidden;
  const protocol = PROTOCOLS[String(given ?? "-1").toLowerCase()] ?? "other";
  if (protocol !== "tcp" && protocol !== "udp") return { protocol };
  const from = view.value("from_port");
  const to = view.value("to_port");
  const unclear = notPlain(view, "from_port", from) ?? notPlain(view, "to_port", to);
  if (unclear) return unclear;
  // No ports, and -1, stand for all of them.
  if (from === null || Number(from) < 0) return { protocol, from: 0, to: LAST_PORT };
  return { protocol, from: Number(from), to: to === null ? Number(from) : Number(to) };
}

function notPlain(view: View, path: string, value: Value): Verdict | undefined {
  if (value instanceof Unknown) return unknown(view.at(path), value.reason);
  return value instanceof Reference || value instanceof Template
    ? unknown(view.at(path), `${render(value)} is not known before the apply`)
    : undefined;
}

/** Non-compliant where a rule takes everyone in, with what does it; compliant where it takes none or known sources. */
function opennessOf(view: View, shape: RuleShape, subjects: Subjects): Verdict {
  const sources = (names: readonly string[], judge: (path: string, value: Value) => Verdict): Verdict[] =>
    names.flatMap((name) => {
      const value = view.value(name);
      const values = value === null ? [] : isList(value) ? value.flat() : [value];
      return values.map((each) => judge(view.at(name), each));
    });
  return all(
    COMPLIANT,
    ...sources(shape.blocks, blockOpenness),
    ...sources(shape.prefixLists, (path, value) => prefixListOpenness(path, value, subjects)),
  );
}

function blockOpenness(path: string, value: Value): Verdict {
  if (value instanceof Unknown) return unknown(path, value.reason);
  if (value instanceof Reference) {
    return ADDRESSED.test(value.resource.type)
      ? COMPLIANT
      : unknown(path, `${render(value)} is not known before the apply`);
  }
  const text = value instanceof Template ? value.parts.at(-1) : (value ?? "");
  const length = /\/(\d+)$/.exec(typeof text === "object" ? "" : String(text))?.[1];
  if (length !== undefined) {
    return Number(length) === 0 ? nonCompliant(path, `${render(value)} is let in`, "") : COMPLIANT;
  }
  return value instanceof Template
    ? unknown(path, `${render(value)} is not known before the apply`)
    : COMPLIANT;
}

function prefixListOpenness(path: string, value: Value, subjects: Subjects): Verdict {
  const list = subjects.targetOf(value);
  if (list instanceof Unknown) return unknown(path, list.reason);
  if (value === null || value === "" || (list && isAwsManaged(list))) return COMPLIANT;
  if (list?.resource.type !== "aws_ec2_managed_prefix_list") {
    return unknown(path, `what the prefix list ${render(value)} holds is not known`);
  }
  const verdict = entriesOpenness(list);
  return "path" in verdict ? { ...verdict, path } : verdict;
}

/** The lists of AWS's services: no one else is in them. */
function isAwsManaged(list: Subject): boolean {
  const { type } = list.resource;
  if (type === "data.aws_prefix_list" || type === "aws_vpc_endpoint") return true;
  const name = list.value("name");
  const start = name instanceof Template ? name.parts[0] : name;
  return (
    type === "data.aws_ec2_managed_prefix_list" &&
    typeof start === "string" &&
    start.startsWith("com.amazonaws.")
  );
}

/** A list's entries are blocks of its own and resources that refer to it. */
function entriesOpenness(list: Subject): Verdict {
  const blocks = list.blocks("entry");
  if (blocks instanceof Unknown) return unknown("entry", blocks.reason);
  const { found, uncertain } = list.related("aws_ec2_managed_prefix_list_entry", "prefix_list_id");
  return all(
    COMPLIANT,
    ...blocks.map((entry) => blockOpenness(entry.at("cidr"), entry.value("cidr"))),
    ...found.map((entry) => ofCompanion(entry, blockOpenness("cidr", entry.value("cidr")))),
    ...(uncertain === undefined ? [] : [unknown("", uncertain.reason)]),
  );
}
