import { hasDuty, isOrganization } from "@landfall/core";
import { Key } from "@landfall/keys";
import {
  AccountGuards,
  FindingNotices,
  Inspector,
  Macie,
  OrganizationSecurity,
  SecurityHub,
  ThreatDetection,
} from "@landfall/security";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { organizationContract } from "@landfall/stack-organization/contract";
import { type Construct } from "constructs";
import { securityContract } from "./contract";

/**
 * What guards an account and region, and what looks for trouble in it. In an organization the security account looks for
 * all accounts, so that the others have guards and notices alone.
 */
export class SecurityStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const keys = this.consume(keysContract);
    new AccountGuards(this, "AccountGuards", {
      dataKey: Key.fromKeyArn(keys.dataKeyArn),
      logsKey: Key.fromKeyArn(keys.logsKeyArn),
    });
    const detectorId = isOrganization(this.zone) ? this.forOrganization() : this.forThisAccount();
    new FindingNotices(this, "FindingNotices", { topicArn: this.consume(loggingContract).noticesTopicArn });
    this.publish(securityContract, { detectorId: detectorId ?? "" });
  }

  private forThisAccount(): string | undefined {
    const { guardDuty, securityHub, inspector, macie } = this.zone.services;
    if (securityHub) new SecurityHub(this, "SecurityHub");
    if (inspector) new Inspector(this, "Inspector");
    if (macie) new Macie(this, "Macie");
    return guardDuty ? new ThreatDetection(this, "GuardDuty").detectorId : undefined;
  }

  private forOrganization(): string | undefined {
    if (!hasDuty(this.account, "security")) return undefined;
    const { rootId } = this.consume(organizationContract);
    return new OrganizationSecurity(this, "Organization", { rootId }).detectorId;
  }
}

export const definition = defineStack({
  name: "security",
  scope: "regional",
  accounts: "every",
  first: "security",
  contract: securityContract,
  build: (scope, props) => new SecurityStack(scope, props),
});
