import { type Network } from "../network/types";
import { type Checkpoint, type Flow, type Result } from "./types";

/** The first port that functions, load balancers and NAT gateways take for the answer. */
const FIRST_EPHEMERAL_PORT = 1024;
const LAST_PORT = 65_535;

/** The port that no network ACL may let in from everywhere, not even as an answer: one connection in 64,000 is tried again. @see EC2.21 */
const FORBIDDEN_PORT = 3389;

/**
 * Whether functions, load balancers and NAT gateways may take the port for the answer. A stranger or a host may take a
 * lower one.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export const isEphemeral = (port: number): boolean => port >= FIRST_EPHEMERAL_PORT;

/** One port for each run of answer ports that all network ACLs treat alike. */
export function answerPorts(network: Network): readonly number[] {
  const cuts = network.acls.flatMap(({ rules }) =>
    rules.flatMap(({ traffic: { ports } }) => [ports.first, ports.last + 1]),
  );
  const inside = [1, FIRST_EPHEMERAL_PORT, FORBIDDEN_PORT, FORBIDDEN_PORT + 1, ...cuts].filter(
    (port) => port >= 1 && port <= LAST_PORT,
  );
  const sorted = [...new Set(inside)].sort((a, b) => a - b);
  // The usual ones first: a way is told by the first that passes.
  return [...sorted.filter(isEphemeral), ...sorted.filter((port) => !isEphemeral(port))];
}

/** A way to try: its checkpoints in order, cut where a NAT gateway starts a connection of its own. */
export interface Attempt {
  readonly flow: Flow;
  readonly legs: readonly (readonly Checkpoint[])[];
}

interface Progress {
  readonly flow: Flow;
  readonly why: readonly string[];
}

/** Sends every packet of an attempt through its checkpoints. */
export function tryOut({ flow, legs }: Attempt, ports: readonly number[]): Result {
  let under: readonly Progress[] = [{ flow, why: [] }];
  let whole = true;
  for (const leg of legs) {
    const through: Progress[] = [];
    let furthest: readonly string[] = [];
    for (const start of under) {
      for (const port of ports) {
        const end = pass(leg, start, port);
        if (end.arrived && !through.some((other) => same(other.flow, end.flow))) through.push(end);
        if (!end.whole && isEphemeral(port) && port !== FORBIDDEN_PORT) whole = false;
        if (!end.arrived && end.why.length > furthest.length) furthest = end.why;
      }
    }
    if (through.length === 0) return { reachable: false, whole: false, why: furthest };
    under = through;
  }
  return { reachable: true, whole, why: under[0]?.why ?? [] };
}

const same = (a: Flow, b: Flow): boolean =>
  a.sources.equals(b.sources) && a.destinations.equals(b.destinations);

function pass(
  leg: readonly Checkpoint[],
  start: Progress,
  port: number,
): Progress & { readonly arrived: boolean; readonly whole: boolean } {
  let { flow, why } = start;
  let whole = true;
  for (const checkpoint of leg) {
    const next = checkpoint(flow, port);
    why = [...why, next.words];
    if (next.flow.sources.isEmpty || next.flow.destinations.isEmpty) {
      return { flow: next.flow, why, arrived: false, whole: false };
    }
    if (!next.translates && !same(flow, next.flow)) whole = false;
    flow = next.flow;
  }
  return { flow, why, arrived: true, whole };
}

/** The result of several ways: one that arrives suffices, and of those that don't the one that got furthest tells why. */
export function combine(results: readonly Result[]): Result {
  const arrived = results.filter(({ reachable }) => reachable);
  const best = [...(arrived.length > 0 ? arrived : results)].sort(
    (a, b) => Number(b.whole) - Number(a.whole) || (arrived.length > 0 ? 0 : b.why.length - a.why.length),
  )[0];
  return {
    reachable: arrived.length > 0,
    whole: results.length > 0 && results.every(({ whole }) => whole),
    why: best?.why ?? ["there is no pair of addresses of one family"],
  };
}
