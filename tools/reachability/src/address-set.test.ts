import fc from "fast-check";
import { AddressSet, EVERYWHERE, PRIVATE, PUBLIC } from "./address-set";

const block = fc
  .tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.integer({ min: 1, max: 32 }))
  .map(([first, second, prefix]) => `${first}.${second}.0.0/${prefix}`);
const set = fc.array(block, { maxLength: 4 }).map((blocks) => AddressSet.of(...blocks));

describe("AddressSet", () => {
  it.each([
    ["10.0.0.0/8", "10.1.0.0/16", "10.1.0.0-10.1.255.255"],
    ["10.0.0.0/24", "10.0.1.0/24", ""],
    ["::/0", "10.0.0.0/8", ""],
    ["2001:db8::/32", "2001:db8:1::/48", "2001:db8:1::-2001:db8:1:ffff:ffff:ffff:ffff:ffff"],
  ])("intersects %s with %s", (a, b, expected) => {
    expect(AddressSet.of(a).intersect(AddressSet.of(b)).toString()).toBe(expected);
  });

  it("joins neighbours, so that equal sets are equal", () => {
    expect(AddressSet.of("10.0.0.0/25", "10.0.0.128/25").equals(AddressSet.of("10.0.0.0/24"))).toBe(true);
  });

  it("takes a set apart and puts it together again", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [inside, outside] = [a.intersect(b), a.subtract(b)];
        expect(inside.union(outside).equals(a)).toBe(true);
        expect(inside.intersect(outside).isEmpty).toBe(true);
        expect(outside.intersect(b).isEmpty).toBe(true);
      }),
    );
  });

  it("holds no private address for public", () => {
    expect(PUBLIC.intersect(PRIVATE).isEmpty).toBe(true);
    expect(PUBLIC.subtract(EVERYWHERE).isEmpty).toBe(true);
    expect(PUBLIC.intersect(AddressSet.of("8.8.8.8/32")).isEmpty).toBe(false);
    expect(PUBLIC.intersect(AddressSet.of("169.254.169.254/32", "224.0.0.1/32")).isEmpty).toBe(true);
  });

  it.each(["10.0.0.0", "10.0.0/8", "300.0.0.0/8", "nonsense/8"])("refuses %s", (cidr) => {
    expect(() => AddressSet.of(cidr)).toThrow(/must be an IPv4 or IPv6 CIDR block/);
  });
});
