import { type FailoverRecord, type HealthCheck } from "./route53";

/** What Route 53 holds of an endpoint. */
export type Health = "healthy" | "unhealthy";

/** Seconds that a resolver keeps the answer of an alias to a load balancer. */
export const ALIAS_TTL_SECONDS = 60;

/**
 * The status of one health check, from what its probes find.
 *
 * It changes after as many probes in a row as the check's threshold, all with the other outcome. A new check counts as
 * healthy. Route 53 probes from several regions and needs 18 % of them to agree; here all see the same.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export class HealthTracker {
  private current: Health = "healthy";
  private against = 0;

  constructor(private readonly check: Pick<HealthCheck, "failureThreshold" | "inverted">) {}

  /** As records see it: an inverted check says the contrary of its endpoint. */
  get health(): Health {
    if (!this.check.inverted) return this.current;
    return this.current === "healthy" ? "unhealthy" : "healthy";
  }

  /** Takes in the outcome of a probe. @returns whether the status has changed with it */
  observe(answered: boolean): boolean {
    const found: Health = answered ? "healthy" : "unhealthy";
    this.against = found === this.current ? 0 : this.against + 1;
    if (this.against < this.check.failureThreshold) return false;
    this.current = found;
    this.against = 0;
    return true;
  }
}

/** Seconds from an endpoint's failure to the change of its status, at the most: one interval passes until the first probe sees it. */
export const detectionSeconds = ({ intervalSeconds, failureThreshold }: HealthCheck): number =>
  intervalSeconds * failureThreshold;

/** Seconds until clients are told of the other endpoint, and until the last one has forgotten the first. */
export const failoverSeconds = (check: HealthCheck): number => detectionSeconds(check) + ALIAS_TTL_SECONDS;

/**
 * Which record answers for a name: the primary while it is healthy, else the secondary while that is healthy. If neither
 * is, the primary answers, as no answer would help nobody.
 *
 * @param records of one name and type
 * @param healthOf by the check's id; a record without a check is healthy
 * @throws Error when a side is missing, or there is more than one of it
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html
 */
export function failoverAnswer(
  records: readonly FailoverRecord[],
  healthOf: (healthCheckId: string) => Health,
): FailoverRecord {
  const [primary, secondary] = [only(records, "PRIMARY"), only(records, "SECONDARY")];
  const isHealthy = ({ healthCheckId }: FailoverRecord): boolean =>
    healthCheckId === undefined || healthOf(healthCheckId) === "healthy";
  if (isHealthy(primary)) return primary;
  return isHealthy(secondary) ? secondary : primary;
}

const only = (records: readonly FailoverRecord[], role: FailoverRecord["role"]): FailoverRecord => {
  const [found, another] = records.filter((record) => record.role === role);
  if (!found || another) {
    const name = records[0]?.name ?? "the name";
    throw new Error(`${name} must have one ${role.toLowerCase()} record, got: ${another ? "more" : "none"}`);
  }
  return found;
};
