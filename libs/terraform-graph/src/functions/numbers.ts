import { Address4, Address6 } from "ip-address";
import { Missing, Unknown, type Value } from "../value";
import { type Functions, need, ofNumbers } from "./function";

/** @see https://developer.hashicorp.com/terraform/language/functions/cidrsubnet */
function cidrSubnet(prefix: Value, bits: Value, index: Value): Value {
  if (typeof prefix !== "string" || typeof bits !== "number" || typeof index !== "number") {
    return need([prefix, bits, index], "an address block");
  }
  const block = blockOf(prefix);
  if (block === undefined) return new Missing(`'${prefix}' is no address block`);
  const length = block.subnetMask + bits;
  const width = block instanceof Address6 ? 128 : 32;
  if (bits < 0 || length > width || index < 0 || index >= 2 ** bits) {
    return new Missing(`${prefix} has no part ${index} of ${bits} more bits`);
  }
  const first = block.startAddress().bigInt() + (BigInt(index) << BigInt(width - length));
  return `${textOf(block, first)}/${length}`;
}

/** @see https://developer.hashicorp.com/terraform/language/functions/cidrhost */
function cidrHost(prefix: Value, number: Value): Value {
  if (typeof prefix !== "string" || typeof number !== "number") {
    return need([prefix, number], "an address block");
  }
  const block = blockOf(prefix);
  if (block === undefined) return new Missing(`'${prefix}' is no address block`);
  const from = number < 0 ? block.endAddress().bigInt() + 1n : block.startAddress().bigInt();
  return textOf(block, from + BigInt(number));
}

const textOf = (block: Address4 | Address6, address: bigint): string =>
  (block instanceof Address6 ? Address6 : Address4).fromBigInt(address).correctForm();

function blockOf(prefix: string): Address4 | Address6 | undefined {
  try {
    return prefix.includes(":") ? new Address6(prefix) : new Address4(prefix);
  } catch {
    return undefined;
  }
}

const ofSome = (make: (...numbers: readonly number[]) => number) =>
  ofNumbers((...numbers) => (numbers.length === 0 ? new Unknown("no number is given") : make(...numbers)));

export const NUMBERS: Functions = {
  max: ofSome(Math.max),
  min: ofSome(Math.min),
  abs: ofSome((number = 0) => Math.abs(number)),
  ceil: ofSome((number = 0) => Math.ceil(number)),
  floor: ofSome((number = 0) => Math.floor(number)),
  cidrsubnet: (prefix = null, bits = null, index = null) => cidrSubnet(prefix, bits, index),
  cidrhost: (prefix = null, number = null) => cidrHost(prefix, number),
};
