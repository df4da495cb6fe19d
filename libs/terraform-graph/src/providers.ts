import { providersIn } from "./sections";
import { type TerraformJson } from "./terraform-json";
import { isList, isObject, type Value } from "./value";

/** Where a provider works. */
export interface ProviderPlace {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

const NOWHERE: ProviderPlace = { account: undefined, region: undefined };

const text = (value: Value | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** The account of a role's ARN, e.g. `arn:aws:iam::123456789012:role/deploy`. */
function roleAccount(role: Value): string | undefined {
  const block = isList(role) ? (role[0] ?? null) : role;
  if (!isObject(block)) return undefined;
  return /^arn:[\w-]+:iam::(\d{12}):/.exec(leading(block.role_arn))?.[1];
}

/** The text that a value begins with: an ARN's account may be known though its end is not. */
const leading = (value: Value | undefined): string => {
  if (typeof value === "string") return value;
  const part =
    typeof value === "object" && value !== null && "parts" in value
      ? (value.parts as readonly Value[])[0]
      : "";
  return typeof part === "string" ? part : "";
};

/**
 * Tells the account and the region of a resource by its `provider` argument: `aws`, or `aws.<alias>`, or none.
 * The account is that of the role that the provider assumes, else the only one that it is allowed to work in.
 */
export function providersOf(
  json: TerraformJson,
  evaluate: (raw: unknown) => Value,
): (provider: unknown) => ProviderPlace {
  const places = new Map(
    providersIn(json, "aws").map(({ alias, region, assume_role: role, allowed_account_ids: allowed }) => {
      const ids = evaluate(allowed);
      const only = isList(ids) && ids.length === 1 ? text(ids[0]) : undefined;
      const place: ProviderPlace = {
        account: roleAccount(evaluate(role)) ?? only,
        region: text(evaluate(region)),
      };
      return [typeof alias === "string" ? `aws.${alias}` : "aws", place] as const;
    }),
  );
  // Terraform takes `${aws.west}` for `aws.west`.
  return (provider) =>
    places.get(typeof provider === "string" ? provider.replace(/^\$\{|\}$/g, "") : "aws") ?? NOWHERE;
}
