import { type TerraformJson } from "./zone";

/** Where a provider works. */
interface Place {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

type Provider = Readonly<Record<string, unknown>>;

const first = (value: unknown): unknown => (Array.isArray(value) ? (value as readonly unknown[])[0] : value);

/** The account of a role's ARN, e.g. `arn:aws:iam::123456789012:role/deploy`. */
const roleAccount = (provider: Provider): string | undefined => {
  const role = first(provider["assume_role"]);
  const arn = typeof role === "object" && role !== null ? Reflect.get(role, "role_arn") : undefined;
  return typeof arn === "string" ? arn.split(":")[4] : undefined;
};

/**
 * Tells the account and the region of a resource by its `provider` argument: `aws`, or `aws.<alias>`, or none.
 * The account is that of the role that the provider assumes, else the only one that it is allowed to work in.
 */
export function providersOf(json: TerraformJson): (provider: unknown) => Place {
  const { aws = [] } = (json["provider"] ?? {}) as { readonly aws?: Provider | readonly Provider[] };
  const providers = [aws].flat() as readonly Provider[];
  const places = new Map(
    providers.map((provider): [string, Place] => {
      const { alias, region, allowed_account_ids: allowed } = provider;
      const ids = Array.isArray(allowed) ? (allowed as readonly unknown[]) : [];
      const only = ids.length === 1 && typeof ids[0] === "string" ? ids[0] : undefined;
      return [
        typeof alias === "string" ? `aws.${alias}` : "aws",
        {
          account: roleAccount(provider) ?? only,
          region: typeof region === "string" ? region : undefined,
        },
      ];
    }),
  );
  return (provider) =>
    places.get(typeof provider === "string" ? provider : "aws") ?? { account: undefined, region: undefined };
}
