import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { GuarddutyOrganizationAdminAccount } from "@cdktf/provider-aws/lib/guardduty-organization-admin-account";
import { GuarddutyOrganizationConfiguration } from "@cdktf/provider-aws/lib/guardduty-organization-configuration";
import { GuarddutyOrganizationConfigurationFeature } from "@cdktf/provider-aws/lib/guardduty-organization-configuration-feature";
import { type Account } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { agentsOf, PROTECTION_PLANS } from "./guard-duty-plans";
import { ThreatDetection } from "./threat-detection";

export interface OrganizationThreatDetectionProps {
  readonly management: Account;
}

/**
 * GuardDuty in every account of the organization, those of tomorrow included, with every protection plan that FSBP asks
 * for. Members can't switch it off.
 *
 * @see GuardDuty.1, GuardDuty.5 to GuardDuty.13
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateOrganizationConfiguration.html
 */
export class OrganizationThreatDetection extends Construct {
  readonly detectorId: string;

  constructor(scope: Construct, id: string, { management }: OrganizationThreatDetectionProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const provider = stack.providerIn({ account: management });
    const own = new ThreatDetection(this, "Own");
    this.detectorId = own.detectorId;

    const managements = new GuarddutyDetector(this, "Management", {
      provider,
      enable: true,
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
    const administrator = new GuarddutyOrganizationAdminAccount(this, "Administrator", {
      provider,
      adminAccountId: stack.account.id,
      dependsOn: [own.resource, managements],
    });
    const configuration = new GuarddutyOrganizationConfiguration(this, "Resource", {
      detectorId: own.detectorId,
      autoEnableOrganizationMembers: "ALL",
      dependsOn: [administrator],
    });
    for (const plan of PROTECTION_PLANS) {
      const agents = agentsOf(plan);
      new GuarddutyOrganizationConfigurationFeature(this, `Plan-${plan}`, {
        detectorId: own.detectorId,
        name: plan,
        autoEnable: "ALL",
        ...(agents.length === 0
          ? {}
          : { additionalConfiguration: agents.map((name) => ({ name, autoEnable: "ALL" })) }),
        dependsOn: [configuration],
      });
    }
  }
}
