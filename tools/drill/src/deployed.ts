import { LandfallError } from "@landfall/core";
import { type AwsAddress, endFaults, injectFaults, type RunningRegions } from "@landfall/local";
import { type Drilled } from "./drill";
import { type FailoverRecord, readFailoverRecords, readHealthChecks } from "./route53";

/** A deployed name that fails over, with what runs behind it. */
export interface DeployedName extends Drilled {
  /** Where the service behind a record is reached here. @throws LandfallError when it is not */
  url(record: FailoverRecord): string;
  /** The region whose load balancer a record names. @throws LandfallError when there is none */
  region(record: FailoverRecord): string;
  /** From now on a region's calls to a service, e.g. `dynamodb`, are refused: what depends on it fails. */
  breakRegion(region: string, service: string): Promise<void>;
  /** Ends every refusal. */
  mend(): Promise<void>;
}

/**
 * Reads a name's failover records and health checks back from the AWS API.
 *
 * @param name e.g. `orders.example.com`
 * @param running the functions and load balancers of its regions
 * @throws LandfallError when the name has no failover records
 */
export async function readDeployedName(
  address: AwsAddress,
  name: string,
  running: RunningRegions,
): Promise<DeployedName> {
  const records = (await readFailoverRecords(address)).filter(
    (record) => record.name === name && record.type === "A",
  );
  if (records.length === 0) throw new LandfallError(`${name} has no failover records`);
  return {
    records,
    checks: await readHealthChecks(address),
    reach: (fqdn, port) => running.door(fqdn, port).url,
    url: ({ target }) => running.door(target).url,
    region: ({ target }) => running.door(target).region,
    breakRegion: (region, service) =>
      injectFaults(address, { seed: 0, services: { [`${service}@${region}`]: { refused: 1 } } }),
    mend: async () => {
      await endFaults(address);
    },
  };
}
