import fc from "fast-check";
import { isCidr, overlaps, subBlock } from "./cidr";

describe("isCidr", () => {
  it.each([
    ["10.0.0.0/16", true],
    ["0.0.0.0/0", true],
    ["10.0.0.1/16", false],
    ["10.0.0.0", false],
    ["10.0.0.0/33", false],
    ["10.0.0/16", false],
    ["256.0.0.0/8", false],
    ["::/0", false],
    ["", false],
  ])("judges %j as %s", (text, expected) => {
    expect(isCidr(text)).toBe(expected);
  });
});

describe("overlaps", () => {
  it.each([
    ["10.0.0.0/16", "10.0.255.0/24", true],
    ["10.0.255.0/24", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.1.0.0/16", false],
    ["0.0.0.0/0", "192.168.0.0/16", true],
  ])("%s and %s: %s", (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
  });
});

describe("subBlock", () => {
  it("counts blocks from the start", () => {
    expect([0, 1, 15].map((index) => subBlock("10.0.0.0/16", 20, index))).toEqual([
      "10.0.0.0/20",
      "10.0.16.0/20",
      "10.0.240.0/20",
    ]);
  });

  it.each([
    [20, 16],
    [20, -1],
    [8, 0],
    [33, 0],
  ])("has no /%i block number %i in a /16", (prefix, index) => {
    expect(() => subBlock("10.0.0.0/16", prefix, index)).toThrow("has no");
  });

  it("gives blocks inside the whole that never overlap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 17, max: 28 }), fc.nat(), fc.nat(), (prefix, i, j) => {
        const count = 2 ** (prefix - 16);
        const [a, b] = [
          subBlock("10.9.0.0/16", prefix, i % count),
          subBlock("10.9.0.0/16", prefix, j % count),
        ];
        expect(isCidr(a) && overlaps(a, "10.9.0.0/16")).toBe(true);
        expect(overlaps(a, b)).toBe(i % count === j % count);
      }),
    );
  });
});
