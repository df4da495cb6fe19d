import type { TerraformJson } from "../terraform-json";

/** A contract value that a configuration reads, and how to read it as Terraform would. */
export interface ConsumedValue {
  /** The name of its data block, which is unique in the configuration. */
  readonly block: string;
  /** The SSM parameter, e.g. `/landfall/sandbox/network/vpcId`. */
  readonly parameter: string;
  readonly region: string;
  /** The role that is assumed to read it, with `${var.access}` for the zone's role; `undefined` for none. */
  readonly role: string | undefined;
}

interface Provider {
  readonly alias?: string;
  readonly region?: string;
  readonly assume_role?: readonly { readonly role_arn?: string }[];
}

type DataBlocks = Readonly<Record<string, { readonly name?: string; readonly provider?: string }>>;

/** What marks a value that only Terraform can work out, but for the one that the runner gives it. */
const isExpression = (text: string): boolean => text.replaceAll("${var.access}", "").includes("${");

/**
 * The SSM parameters that a configuration reads: its consumed contract values, and any other.
 *
 * @returns `undefined` when one of them can't be told from the configuration alone
 */
export function consumedIn(json: TerraformJson): ConsumedValue[] | undefined {
  const data = json["data"] as { readonly aws_ssm_parameter?: DataBlocks } | undefined;
  const providers = [
    (json["provider"] as { readonly aws?: unknown } | undefined)?.aws ?? [],
  ].flat() as Provider[];
  const values = Object.entries(data?.aws_ssm_parameter ?? {}).map(
    ([block, reads]): ConsumedValue | undefined => {
      const alias = reads.provider?.split(".")[1];
      const provider = providers.find((candidate) => candidate.alias === alias);
      const { name: parameter } = reads;
      const { region } = provider ?? {};
      const role = provider?.assume_role?.[0]?.role_arn;
      if (parameter === undefined || region === undefined) return undefined;
      const known = [parameter, region, role ?? ""].every((text) => !isExpression(text));
      return known && !("count" in reads) && !("for_each" in reads)
        ? { block, parameter, region, role }
        : undefined;
    },
  );
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** Data sources that tell what AWS keeps for everybody, or only what the configuration says itself. */
const CONSTANT = [
  "aws_availability_zones",
  "aws_caller_identity",
  "aws_iam_policy_document",
  "aws_partition",
  "aws_region",
  "aws_route53_resolver_firewall_domain_list",
];

/**
 * The data sources of a configuration of which only a plan can tell whether what they read has changed.
 *
 * @returns their addresses, e.g. `data.aws_dynamodb_table.orders`
 */
export const unreadSources = (json: TerraformJson): string[] =>
  Object.entries((json["data"] ?? {}) as Record<string, object>)
    .filter(([type]) => type !== "aws_ssm_parameter" && !CONSTANT.includes(type))
    .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `data.${type}.${name}`));
