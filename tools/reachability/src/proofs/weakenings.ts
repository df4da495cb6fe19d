import { PUBLIC } from "../address-set";
import { type GroupRule, type Interface, type Network, type SecurityGroup } from "../network/types";
import { Reachability } from "../reachability";
import { type SynthesizedZone } from "../terraform/zone";
import { isolatedFunctions } from "./isolation";

const HTTPS = 443;

const holders = ({ interfaces }: Network, group: SecurityGroup): readonly Interface[] =>
  interfaces.filter(({ groups }) => groups !== "unfiltered" && groups.includes(group));

/** Whether a rule leads to endpoints on HTTPS alone. */
function isToEndpoints(network: Network, { traffic, peer }: GroupRule): boolean {
  const https = traffic.protocol === "tcp" && traffic.ports.first === HTTPS && traffic.ports.last === HTTPS;
  if (!https || peer.kind === "addresses") return false;
  return peer.kind === "service" || holders(network, peer.group).every(({ kind }) => kind === "endpoint");
}

const isFromInternet = ({ direction, peer }: GroupRule): boolean =>
  direction === "in" && peer.kind === "addresses" && !peer.addresses.intersect(PUBLIC).isEmpty;

/** Whether each port of the rule has a listener of each holder, all of them load balancers that face the internet. */
function isListenedTo(network: Network, group: SecurityGroup, { traffic }: GroupRule): boolean {
  const held = holders(network, group);
  return (
    held.length > 0 &&
    held.every(
      ({ listeners, publicAddress }) =>
        publicAddress &&
        traffic.ports.first === traffic.ports.last &&
        listeners?.some(
          ({ port, protocols }) =>
            port === traffic.ports.first && protocols.some((protocol) => protocol === traffic.protocol),
        ),
    )
  );
}

/**
 * Where one wall is down and another still holds, so that nothing is reached that should not be, yet: a route out of
 * isolated subnets, a rule that lets their functions out to more than endpoints, a rule that lets the internet in where
 * no load balancer listens for it, a function outside of any VPC.
 *
 * @returns each in words
 * @throws LandfallError naming what can't be resolved or is not modelled
 */
export function weakenings(zone: SynthesizedZone): readonly string[] {
  const reachability = new Reachability(zone);
  const { network } = reachability;
  const tables = new Set(network.isolatedSubnets.map(({ table }) => table));
  const routes = [...tables].flatMap(({ routes: all }) =>
    all
      .filter(({ target }) => target.kind !== "local")
      .map(({ label }) => `${label} leads out of isolated subnets`),
  );
  const groups = new Set(
    isolatedFunctions(reachability).flatMap((own) => (own.groups === "unfiltered" ? [] : own.groups)),
  );
  const egress = [...groups].flatMap(({ rules }) =>
    rules
      .filter((rule) => rule.direction === "out" && !isToEndpoints(network, rule))
      .map(
        ({ label }) => `${label} lets functions in isolated subnets out to more than endpoints on tcp 443`,
      ),
  );
  const ingress = network.groups.flatMap((group) =>
    group.rules
      .filter((rule) => isFromInternet(rule) && !isListenedTo(network, group, rule))
      .map(({ label }) => `${label} lets the internet in where no load balancer listens for it`),
  );
  const outside = network.functionsOutside.map(
    ({ label }) => `${label} is in no VPC: no wall of ours is around it`,
  );
  return [...routes, ...egress, ...ingress, ...outside];
}
