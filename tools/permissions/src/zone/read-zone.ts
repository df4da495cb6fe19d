import { Resolver } from "../terraform/resolver";
import { readZoneFiles, type ZoneFiles } from "../terraform/zone-files";
import { Problems } from "./problems";
import { readControls } from "./read-controls";
import { readConsumptions, readFunctions, readKeys } from "./read-functions";
import { readArchives, readResources, readTrailLogs } from "./read-resources";
import { readRoles } from "./read-roles";
import { type Zone } from "./zone";

/**
 * Reads the permissions of a synthesized zone.
 *
 * @param folder an output folder of `tools/synth/synth.mjs`, of a whole zone
 * @throws Error naming everything that can't be known: what is unknown is never taken for harmless
 */
export const readZone = (folder: string): Zone => zoneOf(readZoneFiles(folder));

/** The permissions of a zone that is read already. @throws Error as {@link readZone} does */
export function zoneOf(files: ZoneFiles): Zone {
  const { name, regions, accounts, governance, instances } = files;
  const problems = new Problems();
  const resolver = new Resolver(instances, accounts);
  const roles = readRoles(name, resolver, problems);
  const functions = readFunctions(resolver, problems);
  const boundaryPolicies = problems.map(resolver.ofType("aws_iam_policy"), (element) =>
    resolver.text(element, "arn"),
  );
  const zone: Zone = {
    name,
    regions,
    accounts,
    organization: accounts.some(({ management }) => management),
    governance,
    roles,
    resources: readResources(resolver, problems),
    controls: readControls(accounts, resolver, problems),
    boundaries: [
      ...new Set([
        ...roles.flatMap(({ boundary }) => (boundary ? [boundary.arn] : [])),
        ...boundaryPolicies.filter((arn) => arn.endsWith("-boundary")),
      ]),
    ].sort(),
    functions,
    consumptions: readConsumptions(resolver, problems, functions),
    archives: readArchives(resolver, problems),
    trailLogs: readTrailLogs(resolver, problems),
    keys: readKeys(resolver, problems),
  };
  problems.check(`The permissions of the zone '${name}' can't be known:`);
  return zone;
}
