import { type Account, accountWith } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { OrganizationInspector } from "./organization-inspector";
import { OrganizationMacie } from "./organization-macie";
import { OrganizationSecurityHub } from "./organization-security-hub";
import { OrganizationThreatDetection } from "./organization-threat-detection";

export interface OrganizationSecurityProps {
  /** Id of the organization's root, e.g. `r-abcd`. */
  readonly rootId: string;
}

/**
 * The security services of a whole organization, kept by its security account: each service that the zone has on is
 * switched on here, the management account hands its administration over, and every other account is enrolled.
 *
 * The order within is what makes it work. AWS switches a service on in whichever account becomes its administrator or its
 * member, and Terraform can't create what is there already. So this account's own comes first, then the management
 * account's, which nobody else may switch on, then the hand-over, then the members, which have none of their own.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html
 */
export class OrganizationSecurity extends Construct {
  /** The id of this account's GuardDuty detector; none where GuardDuty is off. */
  readonly detectorId: string | undefined;

  constructor(scope: Construct, id: string, props: OrganizationSecurityProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, account } = stack;
    const { guardDuty, securityHub, inspector, macie } = zone.services;
    const management = accountWith(zone, "management");
    const members: readonly Account[] = zone.accounts.filter(({ id }) => id !== account.id);

    if (guardDuty) {
      this.detectorId = new OrganizationThreatDetection(this, "GuardDuty", { management }).detectorId;
    }
    // Central configuration reaches every region from the home region.
    if (securityHub && stack.isHomeRegion) {
      new OrganizationSecurityHub(this, "SecurityHub", { management, rootId: props.rootId });
    }
    if (inspector) new OrganizationInspector(this, "Inspector", { management, members });
    if (macie) new OrganizationMacie(this, "Macie", { management, members });
  }
}
