import { type AddressSet } from "../address-set";
import { type GatewayEndpoint, type Interface, type Vpc } from "../network/types";

/** Everything outside of the zone with a public address. */
export interface Internet {
  readonly kind: "internet";
  readonly title: string;
}

/** The addresses of a VPC, whatever is there. */
export interface VpcAddresses {
  readonly kind: "vpc";
  readonly title: string;
  readonly vpc: Vpc;
}

/** Private addresses that no VPC of the zone has: other networks behind a gateway. */
export interface OtherNetworks {
  readonly kind: "otherNetworks";
  readonly title: string;
}

export type Source = Interface | Internet;
export type Destination = Interface | GatewayEndpoint | VpcAddresses | OtherNetworks | Internet;

export const INTERNET: Internet = { kind: "internet", title: "the internet" };

export const OTHER_NETWORKS: OtherNetworks = {
  kind: "otherNetworks",
  title: "private networks outside of the zone",
};

/** What was found for one source, destination, protocol and port. */
export interface Result {
  /** Whether at least one packet gets there and its answer comes back. */
  readonly reachable: boolean;
  /** Whether every packet does: from each subnet and address to each, with any port for the answer but 3389. */
  readonly whole: boolean;
  /** The way, step by step; if it is not reachable, the last step is the first thing that stops it. */
  readonly why: readonly string[];
}

/** Packets of one family that are still under way: from any of the sources to any of the destinations. */
export interface Flow {
  readonly sources: AddressSet;
  readonly destinations: AddressSet;
}

/** A check on the way. @param answerPort the port that the answer goes to */
export type Checkpoint = (
  flow: Flow,
  answerPort: number,
) => {
  /** What gets through. */
  readonly flow: Flow;
  /** What lets it through or stops it. */
  readonly words: string;
  /** Whether it puts other addresses in place of the sender's, so that none is lost. */
  readonly translates?: boolean;
};
