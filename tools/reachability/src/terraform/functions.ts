import { Address4, Address6 } from "ip-address";
import { concatenate, isList, isObject, splitText, Unknown, type Value } from "./value";

type TerraformFunction = (...values: readonly Value[]) => Value;

const same: TerraformFunction = (value = null) => value;

const listOf = (value: Value | undefined, make: (values: readonly Value[]) => Value): Value => {
  if (value instanceof Unknown) return value;
  return value !== undefined && isList(value) ? make(value) : new Unknown("a list is needed");
};

/** @see https://developer.hashicorp.com/terraform/language/functions/cidrsubnet */
function cidrSubnet(prefix: Value, bits: Value, index: Value): Value {
  if (typeof prefix !== "string" || typeof bits !== "number" || typeof index !== "number") {
    return new Unknown("cidrsubnet of what only AWS knows");
  }
  const six = prefix.includes(":");
  const block = six ? new Address6(prefix) : new Address4(prefix);
  const length = block.subnetMask + bits;
  const first = block.startAddress().bigInt() + (BigInt(index) << BigInt((six ? 128 : 32) - length));
  return `${(six ? Address6 : Address4).fromBigInt(first).correctForm()}/${length}`;
}

/**
 * The functions of Terraform's language that can stand between two ends of a network's reference. A set is a list here:
 * which of its elements an index takes is Terraform's affair, and it must not matter.
 */
export const FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  tolist: same,
  toset: same,
  tostring: same,
  sensitive: same,
  nonsensitive: same,
  sort: same,
  split: (separator = null, text = null) =>
    typeof separator === "string" ? splitText(separator, text) : new Unknown("split without a separator"),
  join: (separator = null, list) =>
    listOf(list, (values) =>
      concatenate(values.flatMap((value, index) => (index === 0 ? [value] : [separator, value]))),
    ),
  concat: (...lists) => {
    const unknown = lists.find((list) => list instanceof Unknown);
    return unknown ?? lists.flatMap((list) => (isList(list) ? list : [list]));
  },
  flatten: (list) => listOf(list, (values) => values.flatMap((value) => (isList(value) ? value : [value]))),
  compact: (list) => listOf(list, (values) => values.filter((value) => value !== "" && value !== null)),
  distinct: (list) => listOf(list, (values) => [...new Set(values)]),
  one: (list) =>
    listOf(list, (values) =>
      values.length > 1 ? new Unknown(`one() of ${values.length} values`) : (values[0] ?? null),
    ),
  element: (list, index = null) =>
    listOf(list, (values) =>
      typeof index === "number" && values.length > 0
        ? (values[index % values.length] ?? null)
        : new Unknown("element() of an empty list"),
    ),
  lookup: (object = null, key = null, fallback = new Unknown("lookup() of a key that is not there")) => {
    if (object instanceof Unknown) return object;
    return isObject(object) && typeof key === "string" ? (object[key] ?? fallback) : fallback;
  },
  cidrsubnet: (prefix = null, bits = null, index = null) => cidrSubnet(prefix, bits, index),
};
