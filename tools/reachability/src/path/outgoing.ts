import { AddressSet } from "../address-set";
import { lookUp } from "../network/routes";
import { type Interface, type Subnet } from "../network/types";
import { type Attempt } from "./evaluate";
import { aclCheckpoint, type Connection, groupCheckpoint, listenerCheckpoints, note, stop } from "./filters";
import { type Checkpoint, type Destination } from "./types";
import { type Crossing, walk, type Way } from "./walk";

/** What a packet meets on its way from one subnet to the next. A network ACL stands at the border, not inside. */
function forward({ from, to, words }: Crossing, connection: Connection): readonly Checkpoint[] {
  if (from === to) return [note(words)];
  return [
    aclCheckpoint(from.acl, "out", "destinations", connection, false),
    note(words),
    ...(to ? [aclCheckpoint(to.acl, "in", "sources", connection, false)] : []),
  ];
}

/** What the answer meets on the way back. */
function backward({ from, to }: Crossing, connection: Connection): readonly Checkpoint[] {
  if (from === to) return [];
  return [
    ...(to ? [aclCheckpoint(to.acl, "out", "sources", connection, true)] : []),
    aclCheckpoint(from.acl, "in", "destinations", connection, true),
  ];
}

/** Whether the other VPC's subnet has a route back over the same connection. */
const returnRoute =
  (end: Subnet, by: string): Checkpoint =>
  (flow) => {
    const back = lookUp(end.table, flow.sources)
      .filter(({ route }) => {
        const target = route?.target;
        return target?.kind === "elsewhere" || (target?.kind === "peering" && target.label === by);
      })
      .reduce((all, { destinations }) => all.union(destinations), AddressSet.none);
    return {
      flow: { ...flow, sources: back },
      words: back.isEmpty ? `${end.table.label} has no route back` : `${end.table.label} leads back`,
    };
  };

/** A NAT gateway sends on as its own. */
const translation =
  (subnet: Subnet): Checkpoint =>
  (flow) => ({
    flow: { ...flow, sources: subnet.blocks.family(4) },
    words: `it sends it on with an address of ${subnet.label}`,
    translates: true,
  });

function legsOf(
  source: Interface,
  start: Subnet,
  destination: Destination,
  end: Subnet | undefined,
  way: Way,
  connection: Connection,
): readonly (readonly Checkpoint[])[] {
  // AWS does not know the security groups of the other end behind a device.
  const direct = way.crossings.every(({ device }) => device === undefined);
  const groupsOf = (other: Destination | Interface) =>
    direct && "groups" in other && other.groups !== "unfiltered" ? other.groups : [];
  const finished: Checkpoint[][] = [];
  let crossed: Crossing[] = [];
  let leg: Checkpoint[] = [
    groupCheckpoint(
      source,
      "out",
      {
        title: destination.title,
        groups: groupsOf(destination),
        ...(destination.kind === "service" ? { service: destination.service } : {}),
      },
      connection,
    ),
  ];
  const finish = () => {
    finished.push([...leg, ...[...crossed].reverse().flatMap((crossing) => backward(crossing, connection))]);
    crossed = [];
  };
  for (const crossing of way.crossings) {
    leg.push(...forward(crossing, connection));
    crossed.push(crossing);
    if (crossing.device === "nat" && crossing.to) {
      finish();
      leg = [translation(crossing.to)];
    }
    if (crossing.returnBy !== undefined && end) leg.push(returnRoute(end, crossing.returnBy));
  }
  if (way.stop !== undefined) {
    const at = way.crossings.at(-1)?.to ?? start;
    leg.push(aclCheckpoint(at.acl, "out", "destinations", connection, false), stop(way.stop));
  } else if ("subnets" in destination) {
    leg.push(
      groupCheckpoint(destination, "in", { title: source.title, groups: groupsOf(source) }, connection),
      ...listenerCheckpoints(destination, connection),
    );
  }
  finish();
  return finished;
}

/** Where a destination may be: its subnets, or no subnet of the zone; and its addresses there. */
export interface Place {
  readonly end: Subnet | undefined;
  readonly addresses: AddressSet;
}

/** Every way from an interface to a destination, from each of its subnets to each place. */
export function outgoing(
  source: Interface,
  destination: Destination,
  places: readonly Place[],
  connection: Connection,
): readonly Attempt[] {
  return ([4, 6] as const).flatMap((family) =>
    source.subnets.flatMap((start) =>
      places.flatMap(({ end, addresses }): readonly Attempt[] => {
        const sources = family === 4 || source.ipv6 ? start.blocks.family(family) : AddressSet.none;
        const destinations = addresses.family(family);
        if (sources.isEmpty || destinations.isEmpty) return [];
        const goal = { destination, end, sender: source.title };
        return walk(start, destinations, source.publicAddress, goal).map((way) => ({
          flow: { sources, destinations: way.destinations },
          legs: legsOf(source, start, destination, end, way, connection),
        }));
      }),
    ),
  );
}
