import { hasDuty } from "@landfall/core";
import { DelegatedAdministrators, Organization, ServiceControlPolicies } from "@landfall/organization";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { organizationContract } from "./contract";

/** The organization that the zone's accounts are in, and what none of them may do. */
export class OrganizationStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const organization = new Organization(this, "Organization");
    const { accounts } = this.zone;
    // Neither is known while the organization has yet to make them.
    const logArchive = accounts.find((account) => hasDuty(account, "log-archive"));
    const security = accounts.find((account) => hasDuty(account, "security"));
    new ServiceControlPolicies(this, "Policies", {
      organization,
      ...(logArchive === undefined ? {} : { logArchiveAccountId: logArchive.id }),
    });
    if (security) new DelegatedAdministrators(this, "Delegated", { organization, account: security });

    // Where a person finds the id of a new account, to write it into the zone's data.
    new TerraformOutput(this, "Accounts", { value: organization.accountIds }).overrideLogicalId("accounts");
    this.publish(organizationContract, {
      organizationId: organization.organizationId,
      rootId: organization.rootId,
    });
  }
}

export const definition = defineStack({
  name: "organization",
  scope: "global",
  accounts: ["management"],
  contract: organizationContract,
  build: (scope, props) => new OrganizationStack(scope, props),
});
