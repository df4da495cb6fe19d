import { type Zone, zoneRegions } from "@landfall/core";
import { type ServiceControlPolicy } from "./policy";
import { butFor, exempt } from "./principals";

/** The region in which AWS keeps its global services. */
const GLOBAL_REGION = "us-east-1";

/**
 * Services without a region of their own: their requests name us-east-1 or us-west-2, wherever they come from.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
const GLOBAL_SERVICES = [
  "account:*",
  "artifact:*",
  "aws-portal:*",
  "billing:*",
  "budgets:*",
  "ce:*",
  "cloudfront:*",
  "consolidatedbilling:*",
  "cur:*",
  "freetier:*",
  "globalaccelerator:*",
  "health:*",
  "iam:*",
  "invoicing:*",
  "notifications:*",
  "organizations:*",
  "payments:*",
  "route53:*",
  "route53domains:*",
  "s3:GetAccountPublicAccessBlock",
  "s3:ListAllMyBuckets",
  "s3:PutAccountPublicAccessBlock",
  "shield:*",
  "sts:*",
  "support:*",
  "tax:*",
  "trustedadvisor:*",
  "waf:*",
];

/** What a zone elsewhere needs in us-east-1: DNSSEC keys, DNS query logs, alarms on health checks, and what CloudFront uses. */
const NEEDED_IN_GLOBAL_REGION = [
  "acm:*",
  "cloudtrail:LookupEvents",
  "cloudwatch:*",
  "kms:*",
  "logs:*",
  "sns:*",
  "wafv2:*",
];

/** What nobody does in any account: leave, act as root, work in a region outside of the zone. */
export function guardrails(zone: Zone): ServiceControlPolicy {
  const regions = zoneRegions(zone);
  const Condition = (operator: "StringEquals" | "StringNotEquals", values: readonly string[]) => ({
    [operator]: { "aws:RequestedRegion": values },
    ...butFor(exempt.administrators()),
  });
  return {
    name: "guardrails",
    description: "Denies leaving the organization, the root user, and regions outside of the zone",
    statements: [
      {
        Sid: "DenyLeavingOrganization",
        Effect: "Deny",
        Action: "organizations:LeaveOrganization",
        Resource: "*",
      },
      {
        Sid: "DenyRootUser",
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
      },
      {
        Sid: "DenyRegionsOutsideZone",
        Effect: "Deny",
        NotAction: GLOBAL_SERVICES,
        Resource: "*",
        Condition: Condition("StringNotEquals", [...new Set([...regions, GLOBAL_REGION])]),
      },
      ...(regions.includes(GLOBAL_REGION)
        ? []
        : [
            {
              Sid: "DenyGlobalRegionButForGlobalThings",
              Effect: "Deny" as const,
              NotAction: [...GLOBAL_SERVICES, ...NEEDED_IN_GLOBAL_REGION],
              Resource: "*",
              Condition: Condition("StringEquals", [GLOBAL_REGION]),
            },
          ]),
    ],
  };
}
