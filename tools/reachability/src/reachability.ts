import { AddressSet, EVERYWHERE, PRIVATE, PUBLIC } from "./address-set";
import { readNetwork } from "./network/read-network";
import { type Interface, type Network, type PortRange, type Protocol } from "./network/types";
import { answerPorts, type Attempt, combine, isEphemeral, tryOut } from "./path/evaluate";
import { type Connection, groupCheckpoint } from "./path/filters";
import { incoming } from "./path/incoming";
import { outgoing, type Place } from "./path/outgoing";
import { type Destination, INTERNET, OTHER_NETWORKS, type Result, type Source } from "./path/types";
import { type SynthesizedZone } from "./terraform/zone";

const LAST_PORT = 65_535;

/** A destination that is reached, on which ports and how. */
export interface Reached {
  readonly destination: Destination;
  readonly protocol: Protocol;
  readonly ports: PortRange;
  /** The way to the first of the ports. */
  readonly why: readonly string[];
}

/** `443`, or `1024-65535` */
export const portsText = ({ first, last }: PortRange): string =>
  first === last ? String(first) : `${first}-${last}`;

/** What a zone's network lets through. */
export class Reachability {
  readonly network: Network;
  private readonly internet: AddressSet;
  private readonly otherNetworks: AddressSet;
  private readonly answerPorts: readonly number[];

  /** @throws LandfallError naming what can't be resolved or is not modelled */
  constructor(zone: SynthesizedZone | Network) {
    this.network = "vpcs" in zone ? zone : readNetwork(zone);
    const own = this.network.vpcs.reduce((all, { blocks }) => all.union(blocks), AddressSet.none);
    this.internet = PUBLIC.subtract(own);
    this.otherNetworks = PRIVATE.subtract(own);
    this.answerPorts = answerPorts(this.network);
  }

  get functions(): readonly Interface[] {
    return this.network.interfaces.filter(({ kind }) => kind === "function");
  }

  /** The interface of a resource. @param label the end of stack and address, e.g. `aws_lambda_function.Function` */
  find(label: string): Interface {
    const found = this.network.interfaces.filter((candidate) => candidate.label.endsWith(label));
    const [only] = found;
    if (!only || found.length > 1) {
      throw new Error(
        `'label' must name one of the zone's interfaces, got: ${label} (${found.length} found)`,
      );
    }
    return only;
  }

  /**
   * Whether a connection can be made, and why.
   *
   * @param port of the destination, 0 to 65535
   * @param protocol whose rules count @default "tcp"
   */
  reaches(from: Source, to: Destination, port: number, protocol: Protocol = "tcp"): Result {
    const connection = { protocol, port };
    if (from.kind === "internet") {
      return "subnets" in to
        ? this.decide(incoming(to, this.internet, connection), this.answerPorts)
        : { reachable: false, whole: false, why: [`${to.title} takes nothing from the internet`] };
    }
    const ports = from.kind === "other" ? this.answerPorts : this.answerPorts.filter(isEphemeral);
    return this.decide(outgoing(from, to, this.places(to), connection), ports);
  }

  /** Every destination that a source reaches, with the ports. Of a source's own kind it is no destination itself. */
  reachableFrom(from: Source): readonly Reached[] {
    const { interfaces, endpoints, vpcs } = this.network;
    const others = interfaces.filter((other) => other !== from);
    const destinations: readonly Destination[] =
      from.kind === "internet"
        ? others
        : [
            ...others,
            ...endpoints,
            ...vpcs
              .filter((vpc) => vpc !== from.vpc)
              .map((vpc) => ({ kind: "vpc", title: `addresses of ${vpc.label}`, vpc }) as const),
            OTHER_NETWORKS,
            INTERNET,
          ];
    return destinations.flatMap((destination) =>
      (["tcp", "udp"] as const).flatMap((protocol) => this.ports(from, destination, protocol)),
    );
  }

  /** The runs of ports that are reached: one port of each run that all rules treat alike is tried. */
  private ports(from: Source, destination: Destination, protocol: Protocol): readonly Reached[] {
    const cuts = this.cuts(from, destination);
    const found: {
      destination: Destination;
      protocol: Protocol;
      ports: PortRange;
      why: readonly string[];
    }[] = [];
    cuts.forEach((first, index) => {
      if (!this.mayLeave(from, destination, { protocol, port: first })) return;
      const { reachable, why } = this.reaches(from, destination, first, protocol);
      if (!reachable) return;
      const last = (cuts[index + 1] ?? LAST_PORT + 1) - 1;
      const before = found.at(-1);
      if (before && before.ports.last + 1 === first) before.ports = { first: before.ports.first, last };
      else found.push({ destination, protocol, ports: { first, last }, why });
    });
    return found;
  }

  /** Whether the sender's security groups let anything out there: most pairs end here, before any way is looked for. */
  private mayLeave(from: Source, to: Destination, connection: Connection): boolean {
    if (from.kind === "internet") return true;
    const destinations = this.places(to).reduce(
      (all, { addresses }) => all.union(addresses),
      AddressSet.none,
    );
    const other = {
      title: to.title,
      groups: "groups" in to && to.groups !== "unfiltered" ? to.groups : [],
      ...(to.kind === "service" ? { service: to.service } : {}),
    };
    const { flow } = groupCheckpoint(
      from,
      "out",
      other,
      connection,
    )({ sources: EVERYWHERE, destinations }, 0);
    return !flow.destinations.isEmpty;
  }

  private cuts(from: Source, destination: Destination): readonly number[] {
    const traffic = [
      ...this.network.acls.flatMap(({ rules }) => rules),
      ...[from, destination].flatMap((end) =>
        "groups" in end && end.groups !== "unfiltered" ? end.groups.flatMap(({ rules }) => rules) : [],
      ),
    ].map((rule) => rule.traffic.ports);
    const listened = "listeners" in destination ? (destination.listeners ?? []) : [];
    const cuts = [
      0,
      ...traffic.flatMap(({ first, last }) => [first, last + 1]),
      ...listened.flatMap(({ port }) => [port, port + 1]),
    ];
    return [...new Set(cuts)].filter((port) => port <= LAST_PORT).sort((a, b) => a - b);
  }

  private decide(attempts: readonly Attempt[], ports: readonly number[]): Result {
    return combine(attempts.map((attempt) => tryOut(attempt, ports)));
  }

  private places(to: Destination): readonly Place[] {
    switch (to.kind) {
      case "internet":
        return [{ end: undefined, addresses: this.internet }];
      case "service":
        return [{ end: undefined, addresses: this.internet.family(4) }];
      case "otherNetworks":
        return [{ end: undefined, addresses: this.otherNetworks }];
      case "vpc":
        return [{ end: undefined, addresses: to.vpc.blocks }];
      default:
        return to.subnets.map((end) => ({
          end,
          addresses: to.ipv6 ? end.blocks : end.blocks.family(4),
        }));
    }
  }
}
