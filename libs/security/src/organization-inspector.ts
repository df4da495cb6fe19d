import { Inspector2DelegatedAdminAccount } from "@cdktf/provider-aws/lib/inspector2-delegated-admin-account";
import { Inspector2Enabler } from "@cdktf/provider-aws/lib/inspector2-enabler";
import { Inspector2MemberAssociation } from "@cdktf/provider-aws/lib/inspector2-member-association";
import { type Account } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { Inspector, SCANNED } from "./inspector";

export interface OrganizationInspectorProps {
  readonly management: Account;
  /** Every account of the zone but this one. */
  readonly members: readonly Account[];
}

/**
 * Inspector in every account of the zone.
 *
 * @see Inspector.1, Inspector.2, Inspector.3, Inspector.4
 * @see https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html
 */
export class OrganizationInspector extends Construct {
  constructor(scope: Construct, id: string, { management, members }: OrganizationInspectorProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const own = new Inspector(this, "Own");
    const administrator = new Inspector2DelegatedAdminAccount(this, "Administrator", {
      provider: stack.providerIn({ account: management }),
      accountId: stack.account.id,
      dependsOn: [own.resource],
    });
    const enrolled = members.map(
      (member) =>
        new Inspector2MemberAssociation(this, `Member-${member.name}`, {
          accountId: member.id,
          dependsOn: [administrator],
        }),
    );
    new Inspector2Enabler(this, "Members", {
      accountIds: members.map((member) => member.id),
      resourceTypes: SCANNED,
      dependsOn: enrolled,
    });
  }
}
