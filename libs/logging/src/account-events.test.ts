import { accountEvents } from "./account-events";

const events = accountEvents("test");
/** The longest pattern that CloudWatch Logs takes, in characters. */
const LONGEST = 1024;

/** Whether parentheses, braces and quotes close in order, and every comparison names a field. */
function isBalanced(pattern: string): boolean {
  const open: string[] = [];
  const text = pattern.replace(/"[^"]*"/g, "''");
  for (const character of text) {
    if ("({".includes(character)) open.push(character);
    if (character === ")" && open.pop() !== "(") return false;
    if (character === "}" && open.pop() !== "{") return false;
  }
  return open.length === 0 && !text.includes('"');
}

describe("accountEvents", () => {
  it("are these", () => {
    expect(events.map(({ name }) => name)).toEqual([
      "root-use",
      "break-glass-use",
      "unauthorized-calls",
      "console-without-mfa",
      "console-failures",
      "iam-changes",
      "trail-changes",
      "config-changes",
      "detection-changes",
      "key-losses",
      "bucket-policy-changes",
      "security-group-changes",
      "network-acl-changes",
      "gateway-changes",
      "route-changes",
      "vpc-changes",
      "organization-changes",
    ]);
  });

  describe.each(events)("$name", ({ pattern, description }) => {
    it("has a pattern that CloudWatch Logs can read", () => {
      expect(pattern).toMatch(/^\{ .+ \}$/);
      expect(isBalanced(pattern)).toBe(true);
      expect(pattern.length).toBeLessThanOrEqual(LONGEST);
    });

    it("compares fields alone, with asterisks at an end of a text only", () => {
      const terms = pattern.slice(1, -1).split(/&&|\|\|/);
      for (const term of terms) {
        expect(term.replace(/[()]/g, "").trim()).toMatch(/^\$(\.\w+)+ (NOT EXISTS|!?= "\*?[^*"]+\*?")$/);
      }
    });

    it("says what happened", () => {
      expect(description).toMatch(/^[A-Z].*[a-z]$/);
    });
  });

  it("hears of the zone's own break-glass role", () => {
    expect(events.find(({ name }) => name === "break-glass-use")?.pattern).toContain(
      '"*:role/test-break-glass"',
    );
  });

  it.each(["{ (a }", "{ a) }", "( a", '{ $.a = "b }'])("would find that %s does not close", (pattern) => {
    expect(isBalanced(pattern)).toBe(false);
  });
});
