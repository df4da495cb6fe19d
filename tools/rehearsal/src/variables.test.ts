import { resolveVariables } from "./variables";

describe("resolveVariables", () => {
  it("puts in what actions before have exported", () => {
    const variables = { plan_local: { SUMMARY: "3 to add\n$& stays" } };
    expect(resolveVariables("Zone local: #{plan_local.SUMMARY}", variables)).toBe(
      "Zone local: 3 to add\n$& stays",
    );
  });

  it("names a variable that nobody has exported", () => {
    expect(() => resolveVariables("#{plan_sandbox.SUMMARY}", {})).toThrow(
      "No action before has exported #{plan_sandbox.SUMMARY}",
    );
  });
});
