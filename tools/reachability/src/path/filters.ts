import { AddressSet } from "../address-set";
import {
  type Interface,
  type NetworkAcl,
  type Protocol,
  type SecurityGroup,
  type Traffic,
} from "../network/types";
import { type Checkpoint, type Flow } from "./types";

const NOTHING: Flow = { sources: AddressSet.none, destinations: AddressSet.none };

/** Lets everything through and says how. */
export const note =
  (words: string): Checkpoint =>
  (flow) => ({ flow, words });

/** Lets nothing through and says why. */
export const stop =
  (words: string): Checkpoint =>
  () => ({ flow: NOTHING, words });

/** What a connection is for: its protocol and the port of the destination. */
export interface Connection {
  readonly protocol: Protocol;
  readonly port: number;
}

/** Who is at the other end, as a security group sees it. */
export interface Other {
  readonly title: string;
  /** Its security groups; none behind a device in the path, where AWS does not know them. */
  readonly groups: readonly SecurityGroup[];
  /** The service of a gateway endpoint, known by its prefix list. */
  readonly service?: string;
}

const isAbout = (traffic: Traffic, protocol: Protocol, port: number): boolean =>
  (traffic.protocol === "all" || traffic.protocol === protocol) &&
  traffic.ports.first <= port &&
  port <= traffic.ports.last;

/** The rules of a network ACL, in their order: the first that is about a packet decides. */
function passAcl(
  acl: NetworkAcl,
  direction: "in" | "out",
  protocol: Protocol,
  port: number,
  peers: AddressSet,
): { readonly allowed: AddressSet; readonly rule: string | undefined } {
  let left = peers;
  let allowed = AddressSet.none;
  let allowing: string | undefined;
  let denying: string | undefined;
  for (const rule of [...acl.rules].sort((a, b) => a.number - b.number)) {
    if (rule.direction !== direction || !isAbout(rule.traffic, protocol, port)) continue;
    const hit = left.intersect(rule.peers);
    if (hit.isEmpty) continue;
    left = left.subtract(hit);
    if (rule.allows) {
      allowed = allowed.union(hit);
      allowing ??= rule.label;
    } else denying ??= rule.label;
  }
  return { allowed, rule: allowing ?? denying };
}

/**
 * A network ACL at the border of a subnet. It keeps no state, so the answer is checked like the question.
 *
 * @param peers whose addresses it looks at: those that are not in the subnet
 */
export function aclCheckpoint(
  acl: NetworkAcl,
  direction: "in" | "out",
  peers: "sources" | "destinations",
  { protocol, port }: Connection,
  isAnswer: boolean,
): Checkpoint {
  return (flow, answerPort) => {
    const checked = isAnswer ? answerPort : port;
    const { allowed, rule } = passAcl(acl, direction, protocol, checked, flow[peers]);
    const what = isAnswer
      ? `the answer ${direction} (${protocol} ${checked})`
      : `${protocol} ${checked} ${direction}`;
    const stops =
      rule === undefined ? `${acl.label} has no rule that lets ${what}` : `${rule} denies ${what}`;
    return {
      flow: { ...flow, [peers]: allowed },
      words: allowed.isEmpty ? stops : `${rule ?? acl.label} lets ${what}`,
    };
  };
}

/** The security groups of one end. They keep state, so that answers need no rule. */
export function groupCheckpoint(
  own: Interface,
  direction: "in" | "out",
  other: Other,
  { protocol, port }: Connection,
): Checkpoint {
  const peers = direction === "in" ? "sources" : "destinations";
  const what = `${protocol} ${port} ${direction} ${direction === "in" ? "from" : "to"} ${other.title}`;
  return (flow) => {
    if (own.groups === "unfiltered") return { flow, words: `${own.title} has no security group` };
    let allowed = AddressSet.none;
    let allowing: string | undefined;
    for (const rule of own.groups.flatMap(({ rules }) => rules)) {
      if (rule.direction !== direction || !isAbout(rule.traffic, protocol, port)) continue;
      const hit =
        rule.peer.kind === "addresses"
          ? flow[peers].intersect(rule.peer.addresses)
          : (
                rule.peer.kind === "group"
                  ? other.groups.includes(rule.peer.group)
                  : other.service === rule.peer.service
              )
            ? flow[peers]
            : AddressSet.none;
      if (!hit.isEmpty) allowing ??= rule.label;
      allowed = allowed.union(hit);
    }
    const labels = own.groups.map(({ label }) => label).join(", ");
    return {
      flow: { ...flow, [peers]: allowed },
      words: allowing === undefined ? `no rule of ${labels} lets ${what}` : `${allowing} lets ${what}`,
    };
  };
}

/** A load balancer must listen on the port; of others it is taken that they do. */
export function listenerCheckpoints(own: Interface, { protocol, port }: Connection): readonly Checkpoint[] {
  if (own.listeners === undefined) return [];
  const listener = own.listeners.find(
    (candidate) => candidate.port === port && candidate.protocols.includes(protocol),
  );
  return [
    listener
      ? note(`listener ${listener.label} takes ${protocol} ${port}`)
      : stop(`${own.label} has no listener on ${protocol} ${port}`),
  ];
}
