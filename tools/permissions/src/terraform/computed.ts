import { createHash } from "node:crypto";
import { type Computed, Reference, referTo, Unknown, type Value } from "@landfall/terraform-graph";
import { isElement } from "./element";
import { reasonOf, textOf } from "./known";
import { type ZoneAccount } from "./zone-files";

/** What a computed attribute is made from. */
export interface ComputedFrom {
  /** An attribute of the same resource, as text. */
  readonly text: (attribute: string) => string;
  /** The same, or the fallback where the resource does not configure it. */
  readonly textOr: (attribute: string, fallback: string) => string;
  /** The accounts of the zone. */
  readonly accounts: readonly ZoneAccount[];
  readonly account: string;
  readonly region: string;
  /** The same text for the same resource in every run, for ids that AWS would make up: hexadecimal digits. */
  readonly digest: string;
}

type Attributes = Readonly<Record<string, (from: ComputedFrom) => Value>>;

/** The ids of the zone's organization: it has one, and AWS makes its ids up. */
export const ORGANIZATION = { id: "o-landfall00", root: "r-land" } as const;

/** Hexadecimal digits that are the same for the same text in every run. */
const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const arn =
  (service: string, resource: (from: ComputedFrom) => string) =>
  (from: ComputedFrom): string =>
    `arn:aws:${service}:${from.region}:${from.account}:${resource(from)}`;

/** IAM is global: its ARNs have no region. */
const iamArn =
  (resource: (from: ComputedFrom) => string) =>
  ({ account, ...from }: ComputedFrom): string =>
    `arn:aws:iam::${account}:${resource({ account, ...from })}`;

const same =
  (attribute: string) =>
  ({ text }: ComputedFrom): string =>
    text(attribute);

/** Resources of EC2: their id has a prefix and AWS makes up the rest. */
const ec2 = (resource: string, prefix: string): Attributes => ({
  id: ({ digest }) => `${prefix}-${digest.slice(0, 17)}`,
  arn: arn("ec2", ({ text }) => `${resource}/${text("id")}`),
});

/** Resources that say something about a bucket. */
const bucketPart: Attributes = { id: same("bucket") };

const uuid = (digest: string): string =>
  [8, 4, 4, 4, 12]
    .reduce<{ parts: string[]; at: number }>(
      ({ parts, at }, length) => ({ parts: [...parts, digest.slice(at, at + length)], at: at + length }),
      { parts: [], at: 0 },
    )
    .parts.join("-");

const key: Attributes = {
  id: same("key_id"),
  key_id: ({ digest, textOr }) =>
    textOr("multi_region", "false") === "true" ? `mrk-${digest.slice(0, 32)}` : uuid(digest),
  arn: arn("kms", ({ text }) => `key/${text("key_id")}`),
};

/** A stream is named by the time that it was made at. */
const STREAM = "stream/2026-01-01T00:00:00.000";

const organization: Attributes = {
  id: () => ORGANIZATION.id,
  roots: () => [{ id: ORGANIZATION.root }],
};

/** The id of an account that the organization makes: the zone's account of its e-mail address or name. */
function accountId({ accounts, textOr }: ComputedFrom): string {
  const [email, name] = [textOr("email", ""), textOr("name", "")];
  const found = accounts.find((each) => each.email === email) ?? accounts.find((each) => each.name === name);
  if (found) return found.id;
  throw new Error(`it must be an account of the zone, got: ${name}, ${email}`);
}

/**
 * What AWS or the provider gives to a resource after it is made, by its type: names and ARNs follow from the
 * configuration; ids that AWS makes up are replaced by stable ones.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const COMPUTED: Readonly<Record<string, Attributes>> = {
  aws_accessanalyzer_analyzer: {
    id: same("analyzer_name"),
    arn: arn("access-analyzer", ({ text }) => `analyzer/${text("analyzer_name")}`),
  },
  aws_cloudtrail: { id: same("arn"), arn: arn("cloudtrail", ({ text }) => `trail/${text("name")}`) },
  aws_cloudwatch_event_bus: {
    id: same("name"),
    arn: arn("events", ({ text }) => `event-bus/${text("name")}`),
  },
  aws_cloudwatch_event_rule: { id: same("name"), arn: arn("events", ({ text }) => `rule/${text("name")}`) },
  aws_cloudwatch_log_group: { id: same("name"), arn: arn("logs", ({ text }) => `log-group:${text("name")}`) },
  aws_cloudwatch_metric_alarm: {
    id: same("alarm_name"),
    arn: arn("cloudwatch", ({ text }) => `alarm:${text("alarm_name")}`),
  },
  aws_codebuild_project: {
    id: arn("codebuild", ({ text }) => `project/${text("name")}`),
    arn: arn("codebuild", ({ text }) => `project/${text("name")}`),
  },
  aws_codepipeline: { id: same("name"), arn: arn("codepipeline", ({ text }) => text("name")) },
  aws_config_configuration_recorder: { id: same("name") },
  aws_config_delivery_channel: { id: same("name") },
  aws_customer_gateway: ec2("customer-gateway", "cgw"),
  aws_dynamodb_table: {
    id: same("name"),
    arn: arn("dynamodb", ({ text }) => `table/${text("name")}`),
    stream_arn: ({ text }) => `${text("arn")}/${STREAM}`,
  },
  aws_dynamodb_table_replica: {
    id: same("arn"),
    arn: arn("dynamodb", ({ text }) => text("global_table_arn").replace(/^.*:/, "")),
  },
  "data.aws_dynamodb_table": { stream_arn: arn("dynamodb", ({ text }) => `table/${text("name")}/${STREAM}`) },
  aws_eip: ec2("elastic-ip", "eipalloc"),
  aws_flow_log: ec2("vpc-flow-log", "fl"),
  aws_guardduty_detector: {
    id: ({ digest }) => digest.slice(0, 32),
    arn: arn("guardduty", ({ text }) => `detector/${text("id")}`),
  },
  aws_iam_openid_connect_provider: {
    id: same("arn"),
    arn: iamArn(({ text }) => `oidc-provider/${text("url").replace(/^https:\/\//, "")}`),
  },
  aws_iam_policy: {
    id: same("arn"),
    arn: iamArn(({ text, textOr }) => `policy${textOr("path", "/")}${text("name")}`),
  },
  aws_iam_role: {
    id: same("name"),
    arn: iamArn(({ text, textOr }) => `role${textOr("path", "/")}${text("name")}`),
    unique_id: ({ digest }) => `AROA${digest.slice(0, 17).toUpperCase()}`,
  },
  aws_kms_alias: {
    id: same("name"),
    arn: arn("kms", ({ text }) => text("name")),
    target_key_arn: same("target_key_id"),
  },
  aws_kms_key: key,
  aws_kms_replica_key: { ...key, key_id: ({ text }) => text("primary_key_arn").replace(/^.*key\//, "") },
  aws_lambda_alias: { arn: ({ text }) => `${text("function_name")}:${text("name")}` },
  aws_lambda_function: {
    id: same("function_name"),
    arn: arn("lambda", ({ text }) => `function:${text("function_name")}`),
  },
  aws_lambda_code_signing_config: {
    arn: arn("lambda", ({ digest }) => `code-signing-config:csc-${digest.slice(0, 17)}`),
  },
  aws_organizations_account: { id: accountId },
  aws_organizations_organization: organization,
  "data.aws_organizations_organization": organization,
  aws_organizations_organizational_unit: { id: ({ digest }) => `ou-land-${digest.slice(0, 8)}` },
  aws_organizations_policy: { id: ({ digest }) => `p-${digest.slice(0, 8)}` },
  aws_route53_zone: {
    id: same("zone_id"),
    zone_id: ({ digest }) => `Z${digest.slice(0, 20).toUpperCase()}`,
    arn: ({ text }) => `arn:aws:route53:::hostedzone/${text("zone_id")}`,
  },
  aws_s3_bucket: {
    id: same("bucket"),
    arn: ({ text }) => `arn:aws:s3:::${text("bucket")}`,
    bucket_domain_name: ({ text }) => `${text("bucket")}.s3.amazonaws.com`,
    bucket_regional_domain_name: ({ text, region }) => `${text("bucket")}.s3.${region}.amazonaws.com`,
  },
  aws_s3_bucket_object_lock_configuration: bucketPart,
  aws_s3_bucket_ownership_controls: bucketPart,
  aws_s3_bucket_policy: bucketPart,
  aws_s3_bucket_public_access_block: bucketPart,
  aws_s3_bucket_versioning: bucketPart,
  aws_secretsmanager_secret: {
    id: same("arn"),
    arn: arn("secretsmanager", ({ text, digest }) => `secret:${text("name")}-${digest.slice(0, 6)}`),
  },
  aws_security_group: ec2("security-group", "sg"),
  aws_securityhub_account: { id: ({ account }) => account, arn: arn("securityhub", () => "hub/default") },
  aws_signer_signing_profile: {
    id: same("name"),
    arn: arn("signer", ({ text }) => `/signing-profiles/${text("name")}`),
    version_arn: arn(
      "signer",
      ({ text, digest }) => `/signing-profiles/${text("name")}/${digest.slice(0, 10)}`,
    ),
  },
  aws_sns_topic: { id: same("arn"), arn: arn("sns", ({ text }) => text("name")) },
  aws_sqs_queue: {
    id: same("url"),
    url: ({ text, region, account }) => `https://sqs.${region}.amazonaws.com/${account}/${text("name")}`,
    arn: arn("sqs", ({ text }) => text("name")),
  },
  aws_ssm_parameter: { id: same("name"), arn: arn("ssm", ({ text }) => `parameter${text("name")}`) },
  aws_subnet: ec2("subnet", "subnet"),
  aws_vpc: ec2("vpc", "vpc"),
  aws_vpc_endpoint: ec2("vpc-endpoint", "vpce"),
};

/** What only AWS knows is unknown by its name, so that whatever is made of it tells which it is. */
const unknownByName: Computed = (graph, resource, attribute) => {
  const value = referTo(graph, resource, attribute);
  return value instanceof Reference ? new Unknown(reasonOf(value)) : value;
};

/** Gives what {@link COMPUTED} knows, with the reason where a part of it is not known. */
export const computedIn =
  (accounts: readonly ZoneAccount[]): Computed =>
  (graph, resource, attribute) => {
    const compute = COMPUTED[resource.type]?.[attribute];
    if (!compute || !isElement(resource)) return unknownByName(graph, resource, attribute);
    const text = (name: string) => textOf(graph.attribute(resource, name), `'${name}' of ${resource.label}`);
    const { account, region, label } = resource;
    try {
      return compute({
        text,
        textOr: (name, fallback) => (graph.configured(resource, name) === undefined ? fallback : text(name)),
        accounts,
        account,
        region,
        digest: digestOf(label),
      });
    } catch (error) {
      return new Unknown(error instanceof Error ? error.message : String(error));
    }
  };
