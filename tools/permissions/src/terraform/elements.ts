import { type JsonObject, isObject, listOf } from "./json";
import { type Instance } from "./zone-files";

/** A resource or data source of a zone, and where its provider puts it. */
export interface Element {
  readonly instance: Instance;
  readonly type: string;
  /** e.g. `aws_iam_role.X` or `data.aws_ssm_parameter.X`. */
  readonly address: string;
  /** Its block, with references not resolved. */
  readonly config: JsonObject;
  /** The account's id. */
  readonly account: string;
  readonly region: string;
  /** What the provider puts on every resource, with references not resolved. */
  readonly defaultTags: JsonObject;
}

/** `instance/address`: how an element is named in messages. */
export const pathOf = ({ instance, address }: Element): string => `${instance.name}/${address}`;

/**
 * The resources and data sources of an instance.
 *
 * @throws Error where one names a provider that the instance does not configure, or is multiplied
 */
export function elementsOf(instance: Instance): readonly Element[] {
  const { resource, data } = instance.json;
  return [...elementsIn(instance, resource, ""), ...elementsIn(instance, data, "data.")];
}

function elementsIn(instance: Instance, section: unknown, prefix: string): readonly Element[] {
  return Object.entries(isObject(section) ? section : {}).flatMap(([type, blocks]) =>
    Object.entries(isObject(blocks) ? blocks : {}).map(([name, block]) => {
      const address = `${prefix}${type}.${name}`;
      const config = isObject(block) ? block : {};
      if (config.count !== undefined || config.for_each !== undefined) {
        throw new Error(`${instance.name}/${address} must not be multiplied by count or for_each`);
      }
      return { instance, type, address, config, ...placeOf(instance, address, config.provider) };
    }),
  );
}

/** Where a provider works. Without an account of its own it works in the instance's. */
function placeOf(
  instance: Instance,
  address: string,
  named: unknown,
): Pick<Element, "account" | "region" | "defaultTags"> {
  const alias =
    typeof named === "string" && named.includes(".") ? named.slice(named.indexOf(".") + 1) : undefined;
  const { provider } = instance.json;
  const configured = listOf(isObject(provider) ? provider.aws : undefined).filter(isObject);
  const found = configured.find((each) => each.alias === alias);
  if (!found && alias !== undefined) {
    throw new Error(
      `${instance.name}/${address} must name a provider of its instance, got: ${String(named)}`,
    );
  }
  const [account] = listOf(found?.allowed_account_ids);
  const [tags] = listOf(found?.default_tags);
  return {
    account: typeof account === "string" ? account : instance.account,
    region: typeof found?.region === "string" ? found.region : instance.region,
    defaultTags: isObject(tags) && isObject(tags.tags) ? tags.tags : {},
  };
}
