import fc from "fast-check";
import { NAME_LIMITS, resourceName } from "./names";

describe("resourceName", () => {
  it("joins its parts in lower case with hyphens", () => {
    expect(resourceName("role", "local", "intake", "catalogueDocument")).toBe(
      "local-intake-catalogue-document",
    );
  });

  it("keeps a name that is exactly at the limit", () => {
    expect(resourceName("bucket", "a".repeat(NAME_LIMITS.bucket))).toBe("a".repeat(NAME_LIMITS.bucket));
  });

  it("cuts a name over the limit and tells two apart that differ only in their tails", () => {
    const [one, two] = ["x", "y"].map((tail) => resourceName("bucket", "a".repeat(80), tail));
    expect(one).toHaveLength(NAME_LIMITS.bucket);
    expect(one).toMatch(/^a+-[0-9a-f]{8}$/);
    expect(one).not.toBe(two);
  });

  it("refuses a name of nothing", () => {
    expect(() => resourceName("queue", "--", "_")).toThrow("needs a letter or digit");
  });

  it("is always a valid bucket name of letters, digits and single hyphens", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), (parts) => {
        const name = resourceName("bucket", "zone", ...parts);
        expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(name.length).toBeLessThanOrEqual(NAME_LIMITS.bucket);
      }),
    );
  });
});
