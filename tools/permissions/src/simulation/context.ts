import { ORGANIZATION } from "../terraform/computed";
import { type Principal, type Zone } from "../zone/zone";

/** One call of the AWS API. */
export interface AccessRequest {
  /** e.g. `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resources. */
  readonly resource: string;
  /** The account that the resource is in. @default the declared resource's, the ARN's, else the role's */
  readonly account?: string;
  /** The region that is called. @default the ARN's, the declared resource's, else the zone's home region */
  readonly region?: string;
  /** What else the call carries, e.g. `{"iam:PassedToService": "lambda.amazonaws.com"}`; it wins over what is derived. */
  readonly context?: Readonly<Record<string, string | string[]>>;
}

/** Services with one endpoint for the world: their calls carry its region. */
const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  "account",
  "budgets",
  "ce",
  "cloudfront",
  "health",
  "iam",
  "organizations",
  "route53",
  "shield",
  "support",
]);

const GLOBAL_REGION = "us-east-1";

/** Where a request goes and all that its conditions are judged by. */
export interface RequestContext {
  /** The resource's account. */
  readonly account: string;
  readonly variables: Record<string, string | string[]>;
}

/** The declared resource that a request is for: that of the ARN, or the one that an object or entry lies in. */
export function declared(zone: Zone, arn: string) {
  const found = zone.resources.get(arn);
  if (found) return found;
  const end = [arn.indexOf("/"), arn.lastIndexOf(":*")].filter((index) => index > 0);
  return end
    .map((index) => zone.resources.get(arn.slice(0, index)))
    .find((resource) => resource !== undefined);
}

/** The account that the resource of a request is in. */
export function resourceAccount(
  zone: Zone,
  principal: Principal,
  { resource, account }: AccessRequest,
): string {
  return account ?? declared(zone, resource)?.account ?? (resource.split(":")[4] || principal.account);
}

/**
 * The context keys that AWS sets for a call by a role's session.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(zone: Zone, principal: Principal, request: AccessRequest): RequestContext {
  const { action, resource } = request;
  const target = declared(zone, resource);
  const [, , , arnRegion] = resource.split(":");
  const account = resourceAccount(zone, principal, request);
  const called = action.slice(0, action.indexOf(":"));
  const region =
    request.region ??
    (GLOBAL_SERVICES.has(called)
      ? GLOBAL_REGION
      : arnRegion || (target?.region ?? zone.regions[0] ?? GLOBAL_REGION));
  const inZone = (id: string) => zone.organization && zone.accounts.some((each) => each.id === id);
  return {
    account,
    variables: {
      "aws:MultiFactorAuthPresent": "false",
      "aws:PrincipalAccount": principal.account,
      "aws:PrincipalArn": principal.arn,
      "aws:PrincipalIsAWSService": "false",
      "aws:PrincipalType": "AssumedRole",
      "aws:RequestedRegion": region,
      "aws:ResourceAccount": account,
      "aws:SecureTransport": "true",
      "aws:ViaAWSService": "false",
      ...(inZone(principal.account) ? { "aws:PrincipalOrgID": ORGANIZATION.id } : {}),
      ...(inZone(account) ? { "aws:ResourceOrgID": ORGANIZATION.id } : {}),
      ...(called === "kms" ? { "kms:CallerAccount": principal.account } : {}),
      ...prefixed("aws:PrincipalTag/", principal.tags),
      ...prefixed("aws:ResourceTag/", target?.tags ?? {}),
      ...request.context,
    },
  };
}

const prefixed = (prefix: string, tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));
