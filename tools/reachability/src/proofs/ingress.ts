import { portsText, Reachability, type Reached } from "../reachability";
import { INTERNET } from "../path/types";
import { type SynthesizedZone } from "../terraform/zone";

const HTTPS = 443;
const HTTP = 80;

/** Whether it is a load balancer on HTTPS, or on HTTP where it does nothing but redirect. */
function isAllowed({ destination, protocol, ports }: Reached): boolean {
  if (destination.kind !== "loadBalancer" || protocol !== "tcp" || ports.first !== ports.last) return false;
  if (ports.first === HTTPS) return true;
  const listeners = (destination.listeners ?? []).filter(({ port }) => port === ports.first);
  return ports.first === HTTP && listeners.length > 0 && listeners.every(({ redirects }) => redirects);
}

/**
 * Nothing is reached from the internet but an internet-facing load balancer on port 443, and on port 80 where its
 * listener only redirects to HTTPS.
 *
 * @returns each violation in words
 * @throws LandfallError naming what can't be resolved or is not modelled
 */
export const ingressViolations = (zone: SynthesizedZone): readonly string[] =>
  new Reachability(zone)
    .reachableFrom(INTERNET)
    .filter((reached) => !isAllowed(reached))
    .map(
      ({ destination, protocol, ports, why }) =>
        `the internet reaches ${"label" in destination ? destination.label : destination.title} on ${protocol} ${portsText(ports)}: ${why.join(" → ")}`,
    );
