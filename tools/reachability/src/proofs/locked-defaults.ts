import { readNetwork } from "../network/read-network";
import { type Network, type Vpc } from "../network/types";
import { type SynthesizedZone } from "../terraform/zone";

function problemsOf(vpc: Vpc, network: Network): readonly string[] {
  const { defaultGroup, defaultAcl, mainTable } = vpc;
  const served = network.subnets.filter(({ acl }) => acl === defaultAcl);
  const allowing = defaultAcl.rules.filter(({ allows }) => allows);
  const leading = mainTable.routes.filter(({ target }) => target.kind !== "local");
  return [
    ...defaultGroup.rules.map(({ label }) => `${defaultGroup.label} must have no rules, has: ${label}`),
    ...allowing.map(({ label }) => `${defaultAcl.label} must deny everything, has: ${label}`),
    ...served.map(({ label }) => `${defaultAcl.label} must serve no subnet, serves: ${label}`),
    ...leading.map(({ label }) => `${mainTable.label} must have the local route only, has: ${label}`),
    ...mainTable.endpoints.map(
      ({ label }) => `${mainTable.label} must have the local route only, leads to: ${label}`,
    ),
  ];
}

/**
 * What AWS gives each VPC by itself lets nothing through: the default security group has no rules, the default network
 * ACL denies all and serves no subnet, the main route table has the local route only.
 *
 * @returns each violation in words
 * @throws LandfallError naming what can't be resolved or is not modelled
 * @see EC2.2 (default security group)
 */
export function lockedDefaults(zone: SynthesizedZone): readonly string[] {
  const network = readNetwork(zone);
  return network.vpcs.flatMap((vpc) => problemsOf(vpc, network));
}
