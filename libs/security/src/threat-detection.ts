import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { GuarddutyDetectorFeature } from "@cdktf/provider-aws/lib/guardduty-detector-feature";
import { Construct } from "constructs";
import { agentsOf, PROTECTION_PLANS } from "./guard-duty-plans";

/**
 * GuardDuty in an account and region, with every protection plan that FSBP asks for. Findings are published after 15
 * minutes, the shortest time.
 *
 * @see GuardDuty.1, GuardDuty.5 to GuardDuty.13
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html
 */
export class ThreatDetection extends Construct {
  readonly detectorId: string;
  /** What others wait for. */
  readonly resource: GuarddutyDetector;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const detector = new GuarddutyDetector(this, "Resource", {
      enable: true,
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
    this.detectorId = detector.id;
    this.resource = detector;
    for (const plan of PROTECTION_PLANS) {
      const agents = agentsOf(plan);
      new GuarddutyDetectorFeature(this, `Plan-${plan}`, {
        detectorId: detector.id,
        name: plan,
        status: "ENABLED",
        ...(agents.length === 0
          ? {}
          : { additionalConfiguration: agents.map((name) => ({ name, status: "ENABLED" })) }),
      });
    }
  }
}
