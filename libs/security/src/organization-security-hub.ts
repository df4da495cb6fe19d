import { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import { SecurityhubConfigurationPolicy } from "@cdktf/provider-aws/lib/securityhub-configuration-policy";
import { SecurityhubConfigurationPolicyAssociation } from "@cdktf/provider-aws/lib/securityhub-configuration-policy-association";
import { SecurityhubFindingAggregator } from "@cdktf/provider-aws/lib/securityhub-finding-aggregator";
import { SecurityhubOrganizationAdminAccount } from "@cdktf/provider-aws/lib/securityhub-organization-admin-account";
import { SecurityhubOrganizationConfiguration } from "@cdktf/provider-aws/lib/securityhub-organization-configuration";
import { type Account, zoneRegions } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { fsbpStandardArn, HUB } from "./security-hub";

export interface OrganizationSecurityHubProps {
  readonly management: Account;
  /** Id of the organization's root, e.g. `r-abcd`. */
  readonly rootId: string;
}

/**
 * Security Hub with the FSBP standard in every account and region of the zone, those of tomorrow included, by central
 * configuration: one policy on the organization's root, which members can't change. Its findings come together in the
 * home region of the security account. AWS configures centrally only where a second region is linked: the zone's data is
 * refused without one.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/central-configuration-intro.html
 */
export class OrganizationSecurityHub extends Construct {
  constructor(scope: Construct, id: string, { management, rootId }: OrganizationSecurityHubProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, region } = stack;
    const linked = zoneRegions(zone).filter((each) => each !== region);
    const own = new SecurityhubAccount(this, "Own", HUB);
    // The only account in which nobody else may switch it on.
    const managements = zoneRegions(zone).map(
      (each) =>
        new SecurityhubAccount(this, `Management-${each}`, {
          ...HUB,
          provider: stack.providerIn({ account: management, region: each }),
        }),
    );
    const administrator = new SecurityhubOrganizationAdminAccount(this, "Administrator", {
      provider: stack.providerIn({ account: management }),
      adminAccountId: stack.account.id,
      dependsOn: [own, ...managements],
    });
    const aggregator = new SecurityhubFindingAggregator(this, "Aggregator", {
      linkingMode: "SPECIFIED_REGIONS",
      specifiedRegions: linked,
      dependsOn: [administrator],
    });
    const configuration = new SecurityhubOrganizationConfiguration(this, "Resource", {
      // What central configuration demands: its policies say who has what.
      autoEnable: false,
      autoEnableStandards: "NONE",
      organizationConfiguration: { configurationType: "CENTRAL" },
      dependsOn: [aggregator],
    });
    const policy = new SecurityhubConfigurationPolicy(this, "Policy", {
      name: stack.resourceName("policy", "fsbp"),
      description: "Security Hub with the FSBP standard and all its controls",
      configurationPolicy: {
        serviceEnabled: true,
        enabledStandardArns: [fsbpStandardArn(region)],
        // None: the controls of tomorrow are on as well.
        securityControlsConfiguration: { disabledControlIdentifiers: [] },
      },
      dependsOn: [configuration],
    });
    new SecurityhubConfigurationPolicyAssociation(this, "Everywhere", {
      policyId: policy.id,
      targetId: rootId,
    });
  }
}
