import { isRequired, judgeAudit } from "./audit";
import { Impossible } from "./checks";

const report = (severities: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    {
      vulnerabilities: Object.fromEntries(
        Object.entries(severities).map(([name, severity]) => [name, { severity }]),
      ),
      metadata: { dependencies: { prod: 42 } },
    },
    undefined,
    2,
  );

const REFUSED = JSON.stringify({ message: "405 Method Not Allowed", error: { summary: "" } });

describe("judgeAudit", () => {
  it("passes with what is only moderate", () => {
    expect(judgeAudit(report({ a: "moderate" }), true)).toBe(
      "42 packages, none with a high or critical advisory",
    );
  });

  it("names each package with a high or critical advisory", () => {
    expect(() => judgeAudit(report({ a: "high", b: "low", c: "critical" }), false)).toThrow(
      "a (high), c (critical); next: npm audit --omit=dev",
    );
  });

  it.each([
    [REFUSED, "the registry gives no answer (405 Method Not Allowed)"],
    ["", "the registry gives no answer (npm said nothing)"],
  ])("fails without an answer only where one is required: %j", (output, why) => {
    expect(() => judgeAudit(output, false)).toThrow(new Impossible(why));
    expect(() => judgeAudit(output, true)).toThrow(
      `${why}; connect to it, or set LANDFALL_AUDIT=if-possible`,
    );
  });
});

describe("isRequired", () => {
  it.each([
    [{}, false],
    [{ CI: "true" }, true],
    [{ CI: "false" }, false],
    [{ CODEBUILD_BUILD_ID: "verify:1" }, true],
    [{ CODEBUILD_BUILD_ID: "verify:1", LANDFALL_AUDIT: "if-possible" }, false],
    [{ LANDFALL_AUDIT: "required" }, true],
  ])("is decided by who asks, and by the setting: %j", (env, required) => {
    expect(isRequired(env)).toBe(required);
  });

  it("refuses a setting that it does not know", () => {
    expect(() => isRequired({ LANDFALL_AUDIT: "no" })).toThrow(
      "'LANDFALL_AUDIT' must be required or if-possible, got: no",
    );
  });
});
