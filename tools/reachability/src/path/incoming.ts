import { AddressSet } from "../address-set";
import { lookUp } from "../network/routes";
import { type Interface, type Subnet } from "../network/types";
import { type Attempt } from "./evaluate";
import { aclCheckpoint, type Connection, groupCheckpoint, listenerCheckpoints, note, stop } from "./filters";
import { type Checkpoint, INTERNET } from "./types";
import { walk, type Way } from "./walk";

/** The firewall's subnet that an internet gateway's own route table leads through, if it does. */
function firewalls(own: Interface, addresses: AddressSet): readonly { subnet: Subnet; words: string }[] {
  return own.vpc.gateways.flatMap(({ edgeTable }) =>
    (edgeTable ? lookUp(edgeTable, addresses) : []).flatMap(({ route }) =>
      route?.target.kind === "inspection"
        ? [
            {
              subnet: route.target.subnet,
              words: `${route.label} leads through firewall ${route.target.label}, whose own rules may refuse it`,
            },
          ]
        : [],
    ),
  );
}

/** Why an answer that goes this way never gets to a stranger who asked. */
function lost(way: Way): string | undefined {
  if (way.stop !== undefined) return way.stop;
  if (way.crossings.some(({ device }) => device === "nat")) {
    return "the answer would go to a NAT gateway, which drops it";
  }
  return way.leavesBy === "internetGateway"
    ? undefined
    : `${way.crossings.at(-1)?.words ?? "the route"}, by which the answer is lost`;
}

function checkpoints(
  own: Interface,
  subnet: Subnet,
  destinations: AddressSet,
  way: Way,
  connection: Connection,
): readonly Checkpoint[] {
  const [firewall] = firewalls(own, destinations);
  const entry =
    firewall && firewall.subnet !== subnet
      ? [
          note(firewall.words),
          aclCheckpoint(firewall.subnet.acl, "in", "sources", connection, false),
          aclCheckpoint(firewall.subnet.acl, "out", "destinations", connection, false),
        ]
      : [];
  const reason = lost(way);
  const back =
    reason === undefined
      ? way.crossings.flatMap(({ from, to, words }) => [
          aclCheckpoint(from.acl, "out", "sources", connection, true),
          note(words),
          ...(to ? [aclCheckpoint(to.acl, "in", "destinations", connection, true)] : []),
        ])
      : [stop(reason)];
  return [
    note(`internet gateway ${own.vpc.gateways.map(({ label }) => label).join(", ")}`),
    ...entry,
    aclCheckpoint(subnet.acl, "in", "sources", connection, false),
    groupCheckpoint(own, "in", { title: INTERNET.title, groups: [] }, connection),
    ...listenerCheckpoints(own, connection),
    ...back,
  ];
}

/**
 * Every way from the internet to an interface. What starts outside needs a public address, an internet gateway and a
 * route by which the answer leaves through that gateway.
 */
export function incoming(own: Interface, internet: AddressSet, connection: Connection): readonly Attempt[] {
  return ([4, 6] as const).flatMap((family) =>
    own.subnets.flatMap((subnet): readonly Attempt[] => {
      const destinations = family === 4 || own.ipv6 ? subnet.blocks.family(family) : AddressSet.none;
      const sources = internet.family(family);
      if (destinations.isEmpty) return [];
      const stopped = (words: string) => [{ flow: { sources, destinations }, legs: [[stop(words)]] }];
      if (family === 4 && !own.publicAddress) return stopped(`${own.label} has no public address`);
      if (own.vpc.gateways.length === 0) return stopped(`${own.vpc.label} has no internet gateway`);
      const goal = { destination: INTERNET, end: undefined, sender: own.title };
      return walk(subnet, sources, true, goal).map((way) => ({
        flow: { sources: way.destinations, destinations },
        legs: [checkpoints(own, subnet, destinations, way, connection)],
      }));
    }),
  );
}
