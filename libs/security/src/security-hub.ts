import { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import { SecurityhubFindingAggregator } from "@cdktf/provider-aws/lib/securityhub-finding-aggregator";
import { SecurityhubStandardsSubscription } from "@cdktf/provider-aws/lib/securityhub-standards-subscription";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** The ARN of the AWS Foundational Security Best Practices standard in a region. */
export const fsbpStandardArn = (region: string): string =>
  `arn:aws:securityhub:${region}::standards/aws-foundational-security-best-practices/v/1.0.0`;

/** How Security Hub is switched on: no standard but those asked for, and one finding a control, whatever the standards. */
export const HUB = {
  enableDefaultStandards: false,
  controlFindingGenerator: "SECURITY_CONTROL",
  autoEnableControls: true,
} as const;

/**
 * Security Hub in an account and region with the FSBP standard, whose new controls are switched on as they come. In the
 * home region it also gathers the findings of the recovery region.
 *
 * It judges by what AWS Config records, so that the zone must have both.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html
 */
export class SecurityHub extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { zone, region, isHomeRegion } = ZoneStack.of(this);
    const account = new SecurityhubAccount(this, "Resource", HUB);
    new SecurityhubStandardsSubscription(this, "Fsbp", {
      standardsArn: fsbpStandardArn(region),
      dependsOn: [account],
    });
    if (isHomeRegion && zone.regions.recovery !== undefined) {
      new SecurityhubFindingAggregator(this, "Aggregator", {
        linkingMode: "SPECIFIED_REGIONS",
        specifiedRegions: [zone.regions.recovery],
        dependsOn: [account],
      });
    }
  }
}
