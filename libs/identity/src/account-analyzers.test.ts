import { synthStack, twoRegionZone } from "@landfall/testing";
import { AccountAnalyzers } from "./account-analyzers";

describe("AccountAnalyzers", () => {
  it("looks for access from outside in each of the zone's regions", () => {
    const stack = synthStack(
      (scope) => {
        new AccountAnalyzers(scope, "Analyzers");
      },
      { zone: twoRegionZone() },
    );
    const analyzers = stack.resources("aws_accessanalyzer_analyzer");
    expect(analyzers.map(({ provider }) => provider).sort()).toEqual(["aws", "aws.eu-central-1"]);
    for (const analyzer of analyzers) {
      expect(analyzer).toMatchObject({ type: "ACCOUNT", analyzer_name: "test-sample-external-access" });
    }
  });
});
