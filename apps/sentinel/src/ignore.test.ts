import fc from "fast-check";
import { fits, ignoredBy } from "./ignore";

describe("fits", () => {
  it.each([
    ["arn:aws:s3:::website", "arn:aws:s3:::website", true],
    ["arn:aws:s3:::website-2", "arn:aws:s3:::website", false],
    ["arn:aws:s3:::a-website-b", "arn:aws:s3:::*website*", true],
    ["arn:aws:s3:::aba", "arn:aws:s3:::ab*ba", false],
    ["arn:aws:s3:::abba", "arn:aws:s3:::ab*ba", true],
    ["arn:aws:iam::1:user/x", "arn:aws:s3:::*", false],
    ["arn:aws:s3:::a.c", "arn:aws:s3:::a?c", false],
    ["anything", "*", true],
  ])("%s, %s: %s", (arn, pattern, expected) => {
    expect(fits(arn, pattern)).toBe(expected);
  });

  it("finds what was filled in for the asterisks, and takes no time for many of them", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ maxLength: 5 }).map((text) => text.replaceAll("*", "")),
          { minLength: 1 },
        ),
        (parts) => {
          expect(fits(parts.join("--"), parts.join("*"))).toBe(true);
        },
      ),
    );
    expect(fits("a".repeat(10_000), `${"a*".repeat(2000)}b`)).toBe(false);
  });
});

describe("ignoredBy", () => {
  const sight = { arn: "arn:aws:s3:::website", tags: {} };

  it("names the tag or the pattern", () => {
    expect(ignoredBy({ ...sight, tags: { "landfall:sentinel": "ignore" } }, [])).toBe(
      "the tag landfall:sentinel",
    );
    expect(ignoredBy(sight, ["arn:aws:s3:::other", "arn:aws:s3:::web*"])).toBe(
      "the pattern arn:aws:s3:::web*",
    );
  });

  it("heeds no other value of the tag", () => {
    expect(ignoredBy({ ...sight, tags: { "landfall:sentinel": "yes" } }, [])).toBeUndefined();
  });
});
