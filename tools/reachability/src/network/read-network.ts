import { Resources } from "../terraform/resources";
import { isList, Reference, splitText } from "@landfall/terraform-graph";
import { type SynthesizedZone } from "../terraform/zone";
import { readAcls } from "./acls";
import { readGatewayEndpoints } from "./endpoints";
import { readInterfaces } from "./interfaces";
import { readPrefixLists } from "./prefix-lists";
import { Reader } from "./reader";
import { isRepairer } from "./repairers";
import { readRouteTables } from "./routes";
import { readSecurityGroups } from "./security-groups";
import { type Network } from "./types";
import { readSubnets, readVpcs } from "./vpcs";

/** The contract value that promises subnets without a way out. */
const ISOLATED_SUBNETS = "isolatedSubnetIds";

const networks = new WeakMap<SynthesizedZone, Network>();

/**
 * The network of a zone, every reference resolved, within and across its stacks. It is read once for each zone.
 *
 * @throws LandfallError naming every argument that can't be resolved, and every resource that is not modelled
 */
export function readNetwork(zone: SynthesizedZone): Network {
  const known = networks.get(zone);
  if (known) return known;
  const resources = new Resources(zone);
  const reader = new Reader(resources);
  const vpcs = readVpcs(reader);
  const subnets = readSubnets(reader, vpcs);
  const prefixLists = readPrefixLists(reader);
  const acls = readAcls(reader, vpcs, subnets);
  const tableOf = readRouteTables({ reader, vpcs, subnets, prefixLists });
  const endpoints = readGatewayEndpoints(reader, vpcs, tableOf);
  const groups = readSecurityGroups(reader, vpcs, prefixLists);
  const interfaces = readInterfaces(reader, subnets, groups);
  const isolatedSubnets = resources.published(ISOLATED_SUBNETS).flatMap((resource) => {
    const block = { resource, path: "" };
    const ids = splitText(",", resources.attribute(resource, "value"));
    if (!isList(ids)) reader.problem(block, "value", "a list of subnets");
    return (isList(ids) ? ids : []).flatMap((id) => {
      const subnet = id instanceof Reference ? subnets.get(id.resource) : undefined;
      if (!subnet) reader.problem(block, "value", "a list of subnets of the zone");
      return subnet ?? [];
    });
  });
  reader.assertResolved(zone.name);
  const network: Network = {
    name: zone.name,
    vpcs: [...vpcs.values()],
    subnets: [...subnets.values()],
    groups: groups.all,
    acls,
    endpoints,
    interfaces,
    isolatedSubnets,
    functionsOutside: resources
      .ofType("aws_lambda_function")
      .filter((resource) => !interfaces.some((own) => own.resource === resource))
      .filter((resource) => !isRepairer(zone.name, resources, resource)),
  };
  networks.set(zone, network);
  return network;
}
