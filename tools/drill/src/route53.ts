import { type AwsAddress, elements, getXml, textAt, type XmlElement } from "@landfall/local";

/** One side of a name that fails over. */
export interface FailoverRecord {
  /** Without the dot at its end, e.g. `orders.example.com`. */
  readonly name: string;
  readonly type: string;
  readonly role: "PRIMARY" | "SECONDARY";
  readonly setIdentifier: string;
  readonly healthCheckId: string | undefined;
  /** What its alias names, e.g. a load balancer's DNS name; lower case. */
  readonly target: string;
}

export interface HealthCheck {
  readonly id: string;
  /** What is probed: a name, lower case. */
  readonly fqdn: string;
  readonly port: number;
  readonly type: string;
  readonly path: string;
  /** Seconds between two probes. */
  readonly intervalSeconds: number;
  /** Probes in a row that change the status. */
  readonly failureThreshold: number;
  /** Whether healthy means unhealthy. */
  readonly inverted: boolean;
}

const VERSION = "/2013-04-01";
const DEFAULT_INTERVAL_SECONDS = 30;
const DEFAULT_THRESHOLD = 3;

/** Without the final dot, in lower case, and without what an alias to a load balancer may begin with. */
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^dualstack\./, "");

/** Reads the failover records of every hosted zone. */
export async function readFailoverRecords(address: AwsAddress): Promise<FailoverRecord[]> {
  const zones = await getXml(address, "route53", `${VERSION}/hostedzone`);
  const found: FailoverRecord[] = [];
  for (const zone of elements(zones, "HostedZones", "HostedZone")) {
    const id = (textAt(zone, "Id") ?? "").split("/").at(-1) ?? "";
    const sets = await getXml(address, "route53", `${VERSION}/hostedzone/${id}/rrset`);
    found.push(...failoverRecordsIn(sets));
  }
  return found;
}

/** @param sets the answer of ListResourceRecordSets */
export const failoverRecordsIn = (sets: XmlElement): FailoverRecord[] =>
  elements(sets, "ResourceRecordSets", "ResourceRecordSet").flatMap((set) => {
    const role = textAt(set, "Failover");
    if (role !== "PRIMARY" && role !== "SECONDARY") return [];
    const target =
      textAt(set, "AliasTarget", "DNSName") ?? textAt(set, "ResourceRecords", "ResourceRecord", "Value");
    return [
      {
        name: plainName(textAt(set, "Name") ?? ""),
        type: textAt(set, "Type") ?? "",
        role,
        setIdentifier: textAt(set, "SetIdentifier") ?? "",
        healthCheckId: textAt(set, "HealthCheckId"),
        target: plainName(target ?? ""),
      },
    ];
  });

/** Reads the health checks that probe an endpoint; calculated ones and those of alarms are left out. */
export async function readHealthChecks(address: AwsAddress): Promise<HealthCheck[]> {
  return healthChecksIn(await getXml(address, "route53", `${VERSION}/healthcheck`));
}

/** @param answer of ListHealthChecks */
export const healthChecksIn = (answer: XmlElement): HealthCheck[] =>
  elements(answer, "HealthChecks", "HealthCheck").flatMap((check) => {
    const at = (name: string) => textAt(check, "HealthCheckConfig", name);
    const endpoint = at("FullyQualifiedDomainName") ?? at("IPAddress");
    if (!endpoint) return [];
    const type = at("Type") ?? "";
    return [
      {
        id: textAt(check, "Id") ?? "",
        fqdn: plainName(endpoint),
        port: Number(at("Port") ?? (type.startsWith("HTTPS") ? 443 : 80)),
        type,
        path: at("ResourcePath") ?? "/",
        intervalSeconds: Number(at("RequestInterval") ?? DEFAULT_INTERVAL_SECONDS),
        failureThreshold: Number(at("FailureThreshold") ?? DEFAULT_THRESHOLD),
        inverted: at("Inverted") === "true",
      },
    ];
  });
