import { add, closingLine, NOTHING } from "./tally";

describe("closingLine", () => {
  it("sums up all that was added, in the form that CI reads", () => {
    const total = add(add(NOTHING, { passed: 3, failed: 1, skipped: 0 }), {
      passed: 2,
      failed: 0,
      skipped: 4,
    });
    expect(closingLine(total)).toBe("5 passed, 1 failed, 4 skipped");
  });
});
