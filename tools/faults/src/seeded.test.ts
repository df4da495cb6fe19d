import { seeded, seededFor } from "./seeded";

const ten = (random: () => number) => Array.from({ length: 10 }, random);

describe("seeded", () => {
  it("repeats itself for the same seed only", () => {
    expect(ten(seeded(1))).toEqual(ten(seeded(1)));
    expect(ten(seeded(1))).not.toEqual(ten(seeded(2)));
  });

  it("is even enough: a share of 5 % comes out as such", () => {
    const random = seeded(42);
    const hits = Array.from({ length: 100_000 }, random).filter((value) => value < 0.05).length;
    expect(hits / 100_000).toBeCloseTo(0.05, 2);
  });
});

describe("seededFor", () => {
  it("gives each thing its own numbers, which are even over neighbours too", () => {
    expect(seededFor(1, "catalogue", 5)()).toBe(seededFor(1, "catalogue", 5)());
    const firsts = Array.from({ length: 10_000 }, (_, index) => seededFor(1, "catalogue", index)());
    expect(firsts.filter((value) => value < 0.1).length / 10_000).toBeCloseTo(0.1, 1);
    expect(new Set(firsts).size).toBeGreaterThan(9990);
  });
});
