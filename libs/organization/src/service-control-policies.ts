import { OrganizationsPolicy } from "@cdktf/provider-aws/lib/organizations-policy";
import { OrganizationsPolicyAttachment } from "@cdktf/provider-aws/lib/organizations-policy-attachment";
import { type Zone } from "@landfall/core";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import {
  data,
  detection,
  guardrails,
  identities,
  logArchive,
  POLICY_LIMIT,
  policyContent,
  type ServiceControlPolicy,
} from "./policies";
import { type IOrganization } from "./organization";

/** The policies of a zone, and on what each is: AWS takes five on one target, and its own FullAWSAccess is one of them. */
export interface ZonePolicies {
  /** Of every account but the management account, which no service control policy binds. */
  readonly root: readonly ServiceControlPolicy[];
  readonly logArchive: readonly ServiceControlPolicy[];
}

/** What a zone's service control policies forbid, as data. */
export const serviceControlPolicies = (zone: Zone): ZonePolicies => ({
  root: [guardrails(zone), detection(zone), identities(zone), data(zone)],
  logArchive: [logArchive(zone)],
});

export interface ServiceControlPoliciesProps {
  readonly organization: IOrganization;
  /** Id of the account that keeps the logs. @default none: its policy is made, and on no account yet */
  readonly logArchiveAccountId?: string;
}

/**
 * The zone's service control policies: what nobody may do in any of its accounts, whatever their own policies allow.
 *
 * @throws LandfallError when a policy is longer than AWS takes
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export class ServiceControlPolicies extends Construct {
  constructor(scope: Construct, id: string, props: ServiceControlPoliciesProps) {
    super(scope, id);
    const { root, logArchive } = serviceControlPolicies(ZoneStack.of(this).zone);
    for (const policy of root) this.attach(policy, props.organization, props.organization.rootId);
    for (const policy of logArchive) this.attach(policy, props.organization, props.logArchiveAccountId);
  }

  private attach(
    policy: ServiceControlPolicy,
    organization: IOrganization,
    target: string | undefined,
  ): void {
    const content = policyContent(policy);
    validateProps(this, [
      {
        prop: policy.name,
        value: content.length,
        valid: content.length <= POLICY_LIMIT,
        allowed: `at most ${POLICY_LIMIT} characters long`,
      },
    ]);
    const scope = new Construct(this, `Policy-${policy.name}`);
    const resource = new OrganizationsPolicy(scope, "Resource", {
      name: ZoneStack.of(this).resourceName("policy", policy.name),
      description: policy.description,
      type: "SERVICE_CONTROL_POLICY",
      content,
      dependsOn: [organization.resource],
    });
    if (target === undefined) return;
    new OrganizationsPolicyAttachment(scope, "Attachment", {
      policyId: resource.id,
      targetId: target,
      dependsOn: [...organization.accounts],
    });
  }
}
