/** A service that a zone can switch on. */
export interface Service {
  /** What it gives. */
  readonly gives: string;
  /** USD a month, for each account and region, of an idle account, by list prices of 2026; what volume adds is not in it. */
  readonly idleUsd: number;
  /** What the price depends on. */
  readonly priced: string;
  /** Whether it is on where a zone does not say: always, or in production zones. */
  readonly on: "always" | "production";
  /** The services that it can't do without. */
  readonly needs: readonly ServiceName[];
}

export const SERVICE_NAMES = [
  "config",
  "guardDuty",
  "securityHub",
  "inspector",
  "macie",
  "trailDataEvents",
  "dnsFirewall",
  "dnssec",
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/**
 * The switches of a zone, with what each costs before anything runs.
 *
 * @see https://aws.amazon.com/config/pricing, https://aws.amazon.com/guardduty/pricing,
 * https://aws.amazon.com/security-hub/pricing, https://aws.amazon.com/inspector/pricing,
 * https://aws.amazon.com/macie/pricing, https://aws.amazon.com/cloudtrail/pricing, https://aws.amazon.com/route53/pricing
 */
export const SERVICES: Readonly<Record<ServiceName, Service>> = {
  config: {
    gives: "AWS Config: records every resource and its changes",
    idleUsd: 1,
    priced: "0.003 a recorded change",
    on: "always",
    needs: [],
  },
  guardDuty: {
    gives: "GuardDuty with all its protection plans: detects threats",
    idleUsd: 1,
    priced: "by analysed events, GB and protected vCPUs; free for 30 days",
    on: "production",
    needs: [],
  },
  securityHub: {
    gives: "Security Hub CSPM with the FSBP standard: judges what is deployed",
    idleUsd: 10,
    priced: "0.001 a check, about 10,000 checks a month; free for 30 days",
    on: "production",
    needs: ["config"],
  },
  inspector: {
    gives: "Inspector: finds vulnerabilities in functions, images and instances",
    idleUsd: 0,
    priced: "0.30 a function, 0.60 with its code scanned; by image and instance; free for 15 days",
    on: "production",
    needs: [],
  },
  macie: {
    gives: "Macie: finds sensitive data in buckets",
    idleUsd: 1,
    priced: "0.10 a bucket, 0.01 for 100,000 objects, 1 a GB looked into; free for 30 days",
    on: "production",
    needs: [],
  },
  trailDataEvents: {
    gives: "CloudTrail data events: who read or wrote an object of the zone's sensitive buckets",
    idleUsd: 0,
    priced: "0.10 for 100,000 events",
    on: "always",
    needs: [],
  },
  dnsFirewall: {
    gives: "Route 53 Resolver DNS Firewall: names that are known to be malicious do not resolve",
    idleUsd: 0,
    priced: "0.60 for a million queries",
    on: "always",
    needs: [],
  },
  dnssec: {
    gives: "DNSSEC: answers of the public zone are signed",
    idleUsd: 1,
    priced: "1 for the key, once for each public zone",
    on: "production",
    needs: [],
  },
};

/** Whether each service is on: as the zone says, else as its default is. */
export const servicesOf = (
  chosen: Readonly<Partial<Record<ServiceName, boolean | undefined>>>,
  production: boolean,
): Readonly<Record<ServiceName, boolean>> => {
  const on = (name: ServiceName): boolean => chosen[name] ?? (SERVICES[name].on === "always" || production);
  return Object.fromEntries(SERVICE_NAMES.map((name) => [name, on(name)])) as Record<ServiceName, boolean>;
};
