/** Terraform JSON, as far as a test of it needs to know. */
interface Mocked {
  readonly provider?: { readonly aws?: readonly { readonly alias?: string }[] };
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly data?: {
    readonly aws_ssm_parameter?: Readonly<
      Record<string, { readonly name: string; readonly provider?: string }>
    >;
  };
}

const ACCOUNT = "123456789012";
const REGION = "eu-west-1";
const DOMAIN = "organization.example.com";

const proofOf = (domain: string): string =>
  `{ domain_name = "${domain}", resource_record_name = "_a.${domain}", resource_record_type = "CNAME", resource_record_value = "_b.example.com" }`;
const syncStateOf = (letter: string): string =>
  `{ availability_zone = "${REGION}${letter}", attachment = [{ endpoint_id = "vpce-${letter}", subnet_id = "subnet-${letter}" }] }`;
const accountOf = (digit: number): string => {
  const id = String(digit).repeat(12);
  return `{ id = "${id}", email = "${id}@example.com", arn = "", name = "", status = "ACTIVE" }`;
};

/**
 * What mocked resources and data sources come to where the provider, or another resource, judges the value. Everything else
 * is made up by Terraform.
 */
const RESOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_acm_certificate: {
    domain_validation_options: `[${[DOMAIN, `workload.${DOMAIN}`].map(proofOf).join(", ")}]`,
  },
  aws_cloudtrail: { arn: `"arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/mock"` },
  aws_cloudwatch_log_group: { arn: `"arn:aws:logs:${REGION}:${ACCOUNT}:log-group:mock"` },
  aws_dynamodb_table: { arn: `"arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/mock"` },
  aws_iam_openid_connect_provider: { arn: `"arn:aws:iam::${ACCOUNT}:oidc-provider/mock"` },
  aws_iam_policy: { arn: `"arn:aws:iam::${ACCOUNT}:policy/mock"` },
  aws_iam_role: { arn: `"arn:aws:iam::${ACCOUNT}:role/mock"` },
  aws_iam_service_linked_role: { arn: `"arn:aws:iam::${ACCOUNT}:role/aws-service-role/mock"` },
  aws_kms_key: {
    arn: `"arn:aws:kms:${REGION}:${ACCOUNT}:key/mock"`,
    key_id: `"00000000-0000-0000-0000-000000000000"`,
  },
  aws_kms_replica_key: {
    arn: `"arn:aws:kms:${REGION}:${ACCOUNT}:key/mock"`,
    key_id: `"00000000-0000-0000-0000-000000000000"`,
  },
  aws_lb: { arn: `"arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/mock/0"` },
  aws_lb_target_group: { arn: `"arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/mock/0"` },
  aws_networkfirewall_firewall: {
    arn: `"arn:aws:network-firewall:${REGION}:${ACCOUNT}:firewall/mock"`,
    firewall_status: `[{ capacity_usage_summary = [], configuration_sync_state_summary = "", status = "READY", transit_gateway_attachment_sync_states = [], sync_states = [${["a", "b"].map(syncStateOf).join(", ")}] }]`,
  },
  aws_networkfirewall_firewall_policy: {
    arn: `"arn:aws:network-firewall:${REGION}:${ACCOUNT}:firewall-policy/mock"`,
  },
  aws_networkfirewall_rule_group: {
    arn: `"arn:aws:network-firewall:${REGION}:${ACCOUNT}:stateful-rulegroup/mock"`,
  },
  aws_organizations_organization: {
    roots: `[{ id = "r-mock", arn = "", name = "Root", policy_types = [] }]`,
  },
  aws_organizations_organizational_unit: { id: `"ou-mock-mockmock"` },
  aws_organizations_policy: { id: `"p-mockmock"` },
  aws_s3_bucket: { arn: `"arn:aws:s3:::mock"` },
  aws_securityhub_configuration_policy: { id: `"00000000-0000-0000-0000-000000000000"` },
  aws_sns_topic: { arn: `"arn:aws:sns:${REGION}:${ACCOUNT}:mock"` },
  aws_sqs_queue: { arn: `"arn:aws:sqs:${REGION}:${ACCOUNT}:mock"`, url: `"https://sqs.example.com/mock"` },
  aws_wafv2_web_acl: { arn: `"arn:aws:wafv2:${REGION}:${ACCOUNT}:regional/webacl/mock/0"` },
};

const DATA: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_organizations_organization: { accounts: `[${[1, 2, 3, 4, 5].map(accountOf).join(", ")}]` },
  aws_route53_resolver_firewall_domain_list: { name: `"AWSManagedDomainsAggregateThreatList"` },
  aws_ssm_parameter: { insecure_value: `"arn:aws:kms:${REGION}:${ACCOUNT}:key/mock"` },
};

const blocks = (kind: string, all: typeof RESOURCES): string[] =>
  Object.entries(all).map(([type, defaults]) => {
    const lines = Object.entries(defaults).map(([name, value]) => `      ${name} = ${value}`);
    return `  ${kind} "${type}" {\n    defaults = {\n${lines.join("\n")}\n    }\n  }`;
  });

/** Contract values that are no ARN. */
const CONTRACTS: Readonly<Record<string, string>> = { rootId: "r-mock" };

const contractOverrides = ({ data }: Mocked): string[] =>
  Object.entries(data?.aws_ssm_parameter ?? {}).flatMap(([name, parameter]) => {
    const value = CONTRACTS[parameter.name.split("/").at(-1) ?? ""];
    return value === undefined
      ? []
      : [
          `override_data {\n  target = data.aws_ssm_parameter.${name}\n  values = { insecure_value = "${value}" }\n}`,
        ];
  });

/** A test that plans and applies a configuration with mocked resources, whatever providers it has. */
export function mockedTest(configuration: Mocked): string {
  const { provider, variable } = configuration;
  const mocks = (provider?.aws ?? []).map(({ alias }) =>
    [
      'mock_provider "aws" {',
      ...(alias === undefined ? [] : [`  alias = "${alias}"`]),
      ...blocks("mock_resource", RESOURCES),
      ...blocks("mock_data", DATA),
      "}",
    ].join("\n"),
  );
  const access = variable?.access === undefined ? [] : ['variables {\n  access = "plan"\n}'];
  return [
    ...mocks,
    ...contractOverrides(configuration),
    ...access,
    'run "applies" {\n  command = apply\n}',
    "",
  ].join("\n\n");
}
