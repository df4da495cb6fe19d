import { PRODUCTION_ENDPOINTS, type InterfaceEndpoint, type ServiceName, type Zone } from "@landfall/core";
import { CONTROLS } from "@landfall/fsbp";

/** The services whose controls ask for them to be on. */
const SERVICES: Readonly<Partial<Record<ServiceName, string>>> = {
  config: "Config",
  guardDuty: "GuardDuty",
  inspector: "Inspector",
  macie: "Macie",
};

/** The controls that ask for an interface endpoint in every VPC. */
const ENDPOINTS: Readonly<Record<(typeof PRODUCTION_ENDPOINTS)[number], string>> = {
  ec2: "EC2.10",
  "ecr.api": "EC2.55",
  "ecr.dkr": "EC2.56",
  ssm: "EC2.57",
  "ssm-contacts": "EC2.58",
  "ssm-incidents": "EC2.60",
};

/** The controls that keep data from being deleted with what holds it. */
const KEEPING = ["DynamoDB.6", "ELB.6"];

/**
 * The controls that a zone does without, by its own data, each with the reason: what costs money in a zone that is not for
 * production, and what would keep a disposable zone from being destroyed. A production zone does without none but the latter.
 */
export function acceptedBy(zone: Zone): ReadonlyMap<string, string> {
  const accepted = new Map<string, string>();
  if (zone.disposable) {
    for (const id of KEEPING) accepted.set(id, `zone '${zone.name}' is disposable: its data goes with it`);
  }
  if (zone.production) return accepted;
  for (const [name, service] of Object.entries(SERVICES)) {
    if (zone.services[name as ServiceName]) continue;
    const reason = `zone '${zone.name}' is not for production, and 'services.${name}' is off`;
    for (const control of CONTROLS.filter((each) => each.service === service))
      accepted.set(control.id, reason);
  }
  const own: readonly InterfaceEndpoint[] = zone.network.interfaceEndpoints;
  for (const endpoint of PRODUCTION_ENDPOINTS) {
    if (own.includes(endpoint)) continue;
    const reason = `zone '${zone.name}' is not for production, and saves the endpoint '${endpoint}'`;
    accepted.set(ENDPOINTS[endpoint], reason);
  }
  return accepted;
}
