import { Address4 } from "ip-address";

/** A parsed IPv4 block. */
interface Block {
  readonly first: bigint;
  readonly last: bigint;
  /** The prefix length, e.g. 16. */
  readonly prefix: number;
}

function parse(cidr: string): Block | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(cidr) || !Address4.isValid(cidr)) return undefined;
  const address = new Address4(cidr);
  return {
    first: address.startAddress().bigInt(),
    last: address.endAddress().bigInt(),
    prefix: address.subnetMask,
  };
}

function mustParse(cidr: string): Block {
  const block = parse(cidr);
  if (!block) throw new Error(`'cidr' must be an IPv4 CIDR block, e.g. 10.0.0.0/16, got: ${cidr}`);
  return block;
}

/** Whether the text is an IPv4 CIDR block whose host bits are zero: `10.0.0.0/16` is, `10.0.0.1/16` is not. */
export function isCidr(text: string): boolean {
  const block = parse(text);
  return block !== undefined && new Address4(text).bigInt() === block.first;
}

/** The prefix length of a CIDR block, e.g. 16. */
export const prefixLength = (cidr: string): number => mustParse(cidr).prefix;

/** Whether two CIDR blocks share an address. */
export function overlaps(a: string, b: string): boolean {
  const [left, right] = [mustParse(a), mustParse(b)];
  return left.first <= right.last && right.first <= left.last;
}

/**
 * The n-th block of the given prefix length inside a block, counted from 0.
 *
 * @example subBlock("10.0.0.0/16", 20, 1) // "10.0.16.0/20"
 * @throws Error when the block has no such sub-block
 */
export function subBlock(cidr: string, prefix: number, index: number): string {
  const block = mustParse(cidr);
  const count = 2 ** (prefix - block.prefix);
  if (prefix < block.prefix || prefix > 32 || index < 0 || index >= count) {
    throw new Error(`${cidr} has no /${prefix} block number ${index}`);
  }
  const first = block.first + BigInt(index) * 2n ** BigInt(32 - prefix);
  return `${Address4.fromBigInt(first).correctForm()}/${prefix}`;
}
