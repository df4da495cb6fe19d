import { Address4, Address6 } from "ip-address";

/** IPv4 or IPv6. */
export type Family = 4 | 6;

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** Both families lie on one line of numbers: IPv6 starts where no IPv4 address can be. */
const IPV6_OFFSET = 1n << 128n;

function parse(cidr: string): Range {
  const six = cidr.includes(":");
  if (!/\/\d+$/.test(cidr) || !(six ? Address6.isValid(cidr) : Address4.isValid(cidr))) {
    throw new Error(`'cidr' must be an IPv4 or IPv6 CIDR block, e.g. 10.0.0.0/16, got: ${cidr}`);
  }
  const address = six ? new Address6(cidr) : new Address4(cidr);
  const offset = six ? IPV6_OFFSET : 0n;
  return {
    first: address.startAddress().bigInt() + offset,
    last: address.endAddress().bigInt() + offset,
  };
}

/** Sorted, without overlaps and without neighbours that could be one range: equal sets have equal ranges. */
function normalize(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1));
  const merged: Range[] = [];
  for (const range of sorted) {
    const before = merged.at(-1);
    if (before && range.first <= before.last + 1n) {
      merged[merged.length - 1] = {
        first: before.first,
        last: range.last > before.last ? range.last : before.last,
      };
    } else merged.push(range);
  }
  return merged;
}

const address = (value: bigint): string =>
  value >= IPV6_OFFSET
    ? Address6.fromBigInt(value - IPV6_OFFSET).correctForm()
    : Address4.fromBigInt(value).correctForm();

/** A set of IPv4 and IPv6 addresses with exact arithmetic. */
export class AddressSet {
  static readonly none = new AddressSet([]);

  private constructor(private readonly ranges: readonly Range[]) {}

  /** @throws Error for what is no CIDR block */
  static of(...cidrs: readonly string[]): AddressSet {
    return new AddressSet(normalize(cidrs.map(parse)));
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  union(other: AddressSet): AddressSet {
    return new AddressSet(normalize([...this.ranges, ...other.ranges]));
  }

  intersect(other: AddressSet): AddressSet {
    return new AddressSet(
      this.ranges.flatMap((a) =>
        other.ranges.flatMap((b) => {
          const first = a.first > b.first ? a.first : b.first;
          const last = a.last < b.last ? a.last : b.last;
          return first <= last ? [{ first, last }] : [];
        }),
      ),
    );
  }

  subtract(other: AddressSet): AddressSet {
    let left = this.ranges;
    for (const { first, last } of other.ranges) {
      left = left.flatMap((range) =>
        range.last < first || range.first > last
          ? [range]
          : [
              ...(range.first < first ? [{ first: range.first, last: first - 1n }] : []),
              ...(range.last > last ? [{ first: last + 1n, last: range.last }] : []),
            ],
      );
    }
    return new AddressSet(left);
  }

  /** The addresses of one family. */
  family(family: Family): AddressSet {
    return this.intersect(ALL[family]);
  }

  equals(other: AddressSet): boolean {
    return (
      this.ranges.length === other.ranges.length &&
      this.ranges.every((range, index) => {
        const twin = other.ranges[index];
        return twin?.first === range.first && twin.last === range.last;
      })
    );
  }

  /** e.g. `10.0.0.0-10.0.15.255`; a long list is cut after three ranges. */
  toString(): string {
    const shown = this.ranges.slice(0, 3).map(({ first, last }) => `${address(first)}-${address(last)}`);
    return [...shown, ...(this.ranges.length > 3 ? [`${this.ranges.length - 3} more`] : [])].join(", ");
  }
}

const ALL: Readonly<Record<Family, AddressSet>> = {
  4: AddressSet.of("0.0.0.0/0"),
  6: AddressSet.of("::/0"),
};

/** Every address of both families. */
export const EVERYWHERE = ALL[4].union(ALL[6]);

/** Addresses of private networks: RFC 1918, the shared space of RFC 6598 and unique local IPv6. */
export const PRIVATE = AddressSet.of(
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "fc00::/7",
);

/** Addresses of the internet: all of IPv4 but private, loopback, link-local, multicast and reserved ones; IPv6 global unicast. */
export const PUBLIC = ALL[4]
  .subtract(PRIVATE)
  .subtract(AddressSet.of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"))
  .union(AddressSet.of("2000::/3"));
