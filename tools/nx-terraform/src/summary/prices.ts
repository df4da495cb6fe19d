import type { PriceHint } from "./plan-summary";

const page = (service: string) => `https://aws.amazon.com/${service}/pricing`;
const vpc = page("vpc");
const loadBalancers = page("elasticloadbalancing");

const price = (what: string, monthlyUsd: number, plus: string, source: string): PriceHint => ({
  what,
  monthlyUsd,
  plus,
  source,
});

/** On-demand list prices of us-east-1 at 730 hours a month; other regions cost up to half more. */
const PRICES: Readonly<Record<string, PriceHint>> = {
  aws_nat_gateway: price("NAT gateway", 32.85, "0.045 a GB", vpc),
  aws_eip: price("public IPv4 address", 3.65, "", vpc),
  aws_networkfirewall_firewall: price(
    "network firewall",
    288.35,
    "as much for each further availability zone, 0.065 a GB",
    page("network-firewall"),
  ),
  aws_lb: price("load balancer", 16.43, "capacity units, public addresses", loadBalancers),
  aws_alb: price("load balancer", 16.43, "capacity units, public addresses", loadBalancers),
  aws_ec2_transit_gateway_vpc_attachment: price(
    "transit gateway attachment",
    36.5,
    "0.02 a GB",
    page("transit-gateway"),
  ),
  aws_vpn_connection: price("VPN connection", 36.5, "traffic", page("vpn")),
  aws_kms_key: price("KMS key", 1, "1 after each of its first two rotations", page("kms")),
  aws_kms_replica_key: price("KMS replica key", 1, "1 after each of its first two rotations", page("kms")),
  aws_wafv2_web_acl: price("web ACL", 5, "1 for each rule, 0.60 for a million requests", page("waf")),
  aws_route53_zone: price("hosted zone", 0.5, "0.40 for a million queries", page("route53")),
  aws_route53_health_check: price(
    "health check",
    0.5,
    "1 for each of HTTPS, string matching, fast interval and latency; more outside AWS",
    page("route53"),
  ),
  aws_guardduty_detector: price("GuardDuty", 0, "events, GB and vCPUs that it analyses", page("guardduty")),
  aws_config_configuration_recorder: price("AWS Config", 0, "0.003 a recorded change", page("config")),
  aws_macie2_account: price("Macie", 0, "0.10 a bucket, 1 a GB looked into", page("macie")),
  aws_securityhub_account: price("Security Hub", 0, "0.001 a check", page("security-hub")),
  aws_inspector2_enabler: price("Inspector", 0, "functions, images and instances", page("inspector")),
  aws_secretsmanager_secret: price("secret", 0.4, "0.05 for 10,000 calls", page("secrets-manager")),
  aws_cloudwatch_dashboard: price("dashboard", 3, "", page("cloudwatch")),
  aws_acmpca_certificate_authority: price("private CA", 400, "certificates", page("private-ca")),
  aws_lambda_provisioned_concurrency_config: price(
    "provisioned concurrency",
    0,
    "GB seconds for as long as it is there",
    page("lambda"),
  ),
  aws_kinesis_stream: price(
    "Kinesis stream",
    10.95,
    "more shards, or on-demand hours at 29.20",
    page("kinesis/data-streams"),
  ),
};

const endpoint = price(
  "interface endpoint",
  7.3,
  "as much for each further availability zone, 0.01 a GB",
  vpc,
);
const provisionedTable = price(
  "provisioned capacity",
  0,
  "0.47 a write unit, 0.09 a read unit",
  page("dynamodb"),
);

/** Types of which the price hangs on an attribute. */
const BY_ATTRIBUTE: Readonly<
  Record<string, (values: Readonly<Record<string, unknown>>) => PriceHint | undefined>
> = {
  aws_vpc_endpoint: ({ vpc_endpoint_type: type, subnet_ids: subnets }) =>
    type === "Interface" ? times(endpoint, lengthOf(subnets)) : undefined,
  aws_networkfirewall_firewall: ({ subnet_mapping: subnets }) =>
    times(PRICES["aws_networkfirewall_firewall"], lengthOf(subnets)),
  aws_dynamodb_table: ({ billing_mode: mode }) => (mode === "PROVISIONED" ? provisionedTable : undefined),
};

/**
 * What a resource costs, where it costs something for being there.
 *
 * @param values its attributes, those before a deletion or else those after the change
 */
export const priceOf = (type: string, values: Readonly<Record<string, unknown>>): PriceHint | undefined =>
  (BY_ATTRIBUTE[type] ?? (() => PRICES[type]))(values);

const lengthOf = (list: unknown): number => (Array.isArray(list) ? Math.max(list.length, 1) : 1);

const times = (of: PriceHint | undefined, count: number): PriceHint | undefined =>
  of === undefined ? undefined : { ...of, monthlyUsd: Math.round(of.monthlyUsd * count * 100) / 100 };
