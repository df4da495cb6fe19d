import { type Interface } from "../network/types";
import { portsText, Reachability, type Reached } from "../reachability";
import { type SynthesizedZone } from "../terraform/zone";

/** The port of every AWS endpoint. */
const HTTPS = 443;

/** The functions that have an interface in a subnet which a contract promises to be isolated. */
export const isolatedFunctions = ({ functions, network }: Reachability): readonly Interface[] =>
  functions.filter(({ subnets }) => subnets.some((subnet) => network.isolatedSubnets.includes(subnet)));

/** Whether it is an endpoint of the function's own VPC, on HTTPS. */
function isOwnEndpoint({ vpc }: Interface, { destination, protocol, ports }: Reached): boolean {
  return (
    (destination.kind === "endpoint" || destination.kind === "service") &&
    destination.vpc === vpc &&
    protocol === "tcp" &&
    ports.first === HTTPS &&
    ports.last === HTTPS
  );
}

function endpointProblems(reachability: Reachability, from: Interface): readonly string[] {
  const { interfaces, endpoints } = reachability.network;
  const own = [...interfaces.filter(({ kind }) => kind === "endpoint"), ...endpoints].filter(
    ({ vpc }) => vpc === from.vpc,
  );
  const results = own.map((to) => ({ to, result: reachability.reaches(from, to, HTTPS) }));
  if (!results.some(({ result }) => result.reachable)) {
    return [`${from.label} reaches none of the ${own.length} endpoints of its VPC on tcp ${HTTPS}`];
  }
  return results.flatMap(({ to, result: { reachable, whole, why } }) => {
    // A function whose security group does not ask for an endpoint need not reach it.
    const asked = reachable || why.length > 1;
    if (!asked || whole) return [];
    return reachable
      ? [`${from.label} reaches ${to.title} not from each of its subnets, or not on each port for the answer`]
      : [`${from.label} does not reach ${to.title}, which it asks for: ${why.at(-1) ?? ""}`];
  });
}

/**
 * A function in isolated subnets reaches the endpoints of its VPC on port 443, and nothing else: no internet, no other
 * function, no load balancer, no other VPC. The subnets are those of the contract value `isolatedSubnetIds`, so that a
 * route out of them is a violation and does not make them another kind of subnet.
 *
 * @returns each violation in words; none for a zone that has no VPC
 * @throws LandfallError naming what can't be resolved or is not modelled
 */
export function isolationViolations(zone: SynthesizedZone): readonly string[] {
  const reachability = new Reachability(zone);
  const { vpcs, isolatedSubnets } = reachability.network;
  const unpromised = vpcs
    .filter((vpc) => !isolatedSubnets.some((subnet) => subnet.vpc === vpc))
    .map(
      ({ label }) => `${label} has no subnet that a contract promises as isolated: nothing is proven of it`,
    );
  return [
    ...unpromised,
    ...isolatedFunctions(reachability).flatMap((from) => [
      ...reachability
        .reachableFrom(from)
        .filter((reached) => !isOwnEndpoint(from, reached))
        .map(
          ({ destination, protocol, ports, why }) =>
            `${from.label} reaches ${destination.title} on ${protocol} ${portsText(ports)}: ${why.join(" → ")}`,
        ),
      ...endpointProblems(reachability, from),
    ]),
  ];
}
