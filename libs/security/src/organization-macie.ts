import { DataAwsOrganizationsOrganization } from "@cdktf/provider-aws/lib/data-aws-organizations-organization";
import { Macie2Account } from "@cdktf/provider-aws/lib/macie2-account";
import { Macie2Member } from "@cdktf/provider-aws/lib/macie2-member";
import { Macie2OrganizationAdminAccount } from "@cdktf/provider-aws/lib/macie2-organization-admin-account";
import { type Account } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { Macie } from "./macie";

export interface OrganizationMacieProps {
  readonly management: Account;
  /** Every account of the zone but this one. */
  readonly members: readonly Account[];
}

/**
 * Macie in every account of the zone.
 *
 * @see Macie.1
 * @see https://docs.aws.amazon.com/macie/latest/user/accounts-mgmt-ao.html
 */
export class OrganizationMacie extends Construct {
  constructor(scope: Construct, id: string, { management, members }: OrganizationMacieProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const provider = stack.providerIn({ account: management });
    const own = new Macie(this, "Own");
    // Nobody else may switch it on there.
    const managements = new Macie2Account(this, "Management", {
      provider,
      status: "ENABLED",
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
    const administrator = new Macie2OrganizationAdminAccount(this, "Administrator", {
      provider,
      adminAccountId: stack.account.id,
      dependsOn: [own.resource, managements],
    });
    // Enrolment asks for an account's e-mail address, which a zone may leave out.
    const organization = new DataAwsOrganizationsOrganization(this, "Organization", { provider });
    for (const member of members) {
      new Macie2Member(this, `Member-${member.name}`, {
        accountId: member.id,
        email: emailOf(organization, member),
        dependsOn: [administrator],
        // Another address would take the account out and enrol it anew.
        lifecycle: { ignoreChanges: ["email"] },
      });
    }
  }
}

const emailOf = (organization: DataAwsOrganizationsOrganization, { id }: Account): string =>
  `\${one([for account in data.aws_organizations_organization.${organization.friendlyUniqueId}.accounts : account.email if account.id == "${id}"])}`;
