import { OrganizationsDelegatedAdministrator } from "@cdktf/provider-aws/lib/organizations-delegated-administrator";
import { type Account } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type IOrganization } from "./organization";

export interface DelegatedAdministratorsProps {
  readonly organization: IOrganization;
  /** Who administers. */
  readonly account: Account;
}

/**
 * Hands the administration of Access Analyzer and AWS Config to the security account, so that people work there, and not
 * in the management account. GuardDuty, Security Hub, Inspector and Macie are handed over by the stack security, which
 * has to switch them on before.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html
 */
export class DelegatedAdministrators extends Construct {
  constructor(scope: Construct, id: string, { organization, account }: DelegatedAdministratorsProps) {
    super(scope, id);
    const { services } = ZoneStack.of(this).zone;
    const delegated = ["access-analyzer", ...(services.config ? ["config", "config-multiaccountsetup"] : [])];
    for (const service of delegated) {
      new OrganizationsDelegatedAdministrator(this, `Service-${service}`, {
        accountId: account.id,
        servicePrincipal: `${service}.amazonaws.com`,
        dependsOn: [organization.resource, ...organization.accounts],
      });
    }
  }
}
