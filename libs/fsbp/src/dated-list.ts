import apigatewayTlsPolicies from "./data/apigateway-tls-policies.json";
import cloudfrontTlsPolicies from "./data/cloudfront-tls-policies.json";
import elbTlsPolicies from "./data/elb-tls-policies.json";
import lambdaRuntimes from "./data/lambda-runtimes.json";

/** A list that AWS changes over time, with the day on which it was last compared with AWS's. */
export interface DatedList {
  /** The file in `src/data`, e.g. `lambda-runtimes.json` */
  readonly name: string;
  /** The day, e.g. `2026-08-01` */
  readonly asOf: string;
  /** AWS's page of it. */
  readonly source: string;
  readonly values: readonly string[];
}

const MAX_AGE_DAYS = 180;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A list as it is read from its file.
 *
 * @throws Error when it has no valid day, or no values: such a list would refuse everything, and never age
 */
export function datedList(name: string, data: Omit<DatedList, "name">): DatedList {
  if (Number.isNaN(Date.parse(data.asOf)))
    throw new Error(`${name}: 'asOf' must be a day, got: ${data.asOf}`);
  if (data.values.length === 0) throw new Error(`${name}: 'values' must not be empty`);
  return { ...data, name };
}

/** What Lambda.2 takes for a runtime. */
export const LAMBDA_RUNTIMES = datedList("lambda-runtimes.json", lambdaRuntimes);

/** What ELB.17 takes for a listener's security policy. */
export const ELB_TLS_POLICIES = datedList("elb-tls-policies.json", elbTlsPolicies);

/** What APIGateway.11 takes for a domain name's security policy. */
export const APIGATEWAY_TLS_POLICIES = datedList("apigateway-tls-policies.json", apigatewayTlsPolicies);

/** What CloudFront.15 takes for a distribution's lowest protocol version. */
export const CLOUDFRONT_TLS_POLICIES = datedList("cloudfront-tls-policies.json", cloudfrontTlsPolicies);

const DATED_LISTS = [LAMBDA_RUNTIMES, ELB_TLS_POLICIES, APIGATEWAY_TLS_POLICIES, CLOUDFRONT_TLS_POLICIES];

/** A sentence on a list that is older than 180 days; `undefined` for a younger one. */
export function warningOf({ name, asOf, source }: DatedList, today: Date): string | undefined {
  const days = Math.floor((today.getTime() - Date.parse(asOf)) / DAY_MS);
  return days > MAX_AGE_DAYS ? `${name} is ${days} days old: compare it with ${source}` : undefined;
}

/** A sentence on each list of the rules that has aged, in the order of their services. */
export const agingWarnings = (today: Date): readonly string[] =>
  DATED_LISTS.map((list) => warningOf(list, today)).filter((warning) => warning !== undefined);
