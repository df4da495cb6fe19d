import { AccessanalyzerAnalyzer } from "@cdktf/provider-aws/lib/accessanalyzer-analyzer";
import { zoneRegions } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/**
 * Finds what in the account is open to somebody outside of it: one analyzer in each of the zone's regions, as resources are
 * regional. Findings go to Security Hub where that is on.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html
 */
export class AccountAnalyzers extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    for (const region of zoneRegions(stack.zone)) {
      new AccessanalyzerAnalyzer(this, `Analyzer-${region}`, {
        provider: stack.providerIn({ region }),
        analyzerName: stack.resourceName("analyzer", "external-access"),
        type: "ACCOUNT",
      });
    }
  }
}
