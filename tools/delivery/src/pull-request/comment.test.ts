import { commentOf, MARKER } from "./comment";

describe("commentOf", () => {
  it("shows each zone's plan, and which revision was planned", () => {
    const text = commentOf(
      [
        { zone: "sandbox", summary: "## sandbox\n" },
        { zone: "standard", summary: "## standard" },
      ],
      "0123456789abcdef0123456789abcdef01234567",
      1_000,
    );
    expect(text).toBe(
      `${MARKER}\nPlanned \`0123456789ab\`; nothing was applied.\n\n## sandbox\n\n## standard`,
    );
  });

  it("keeps within the limit, whole lines alone, and says where the rest is", () => {
    const long = Array.from({ length: 500 }, (_, index) => `| ${index} | row |`).join("\n");
    const text = commentOf(
      [
        { zone: "sandbox", summary: long },
        { zone: "standard", summary: long },
      ],
      undefined,
      2_000,
    );
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text).toContain("the rest is in the build's dist/plans/sandbox/summary.md");
    expect(text).toContain("the rest is in the build's dist/plans/standard/summary.md");
    expect(text.split("\n").filter((line) => line.startsWith("|") && !line.endsWith("|"))).toEqual([]);
  });
});
