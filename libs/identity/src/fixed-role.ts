import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { roleName, type ZoneRole } from "./zone-roles";

export interface FixedRoleProps {
  readonly role: ZoneRole;
  readonly description: string;
  /** Who may take it: a policy document. */
  readonly trust: string;
  readonly boundaryArn: string;
  /** The managed policies that say what it may do, by the id of their attachment. At most 10. */
  readonly policyArns: Readonly<Record<string, string>>;
  /** @default "/" */
  readonly path?: string;
  /** The longest session, in hours, 1 to 12. @default 1 */
  readonly sessionHours?: number;
}

/** One of the zone's roles with a name that is fixed. */
export class FixedRole extends Construct {
  readonly roleArn: string;
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: FixedRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Resource", {
      name: roleName(ZoneStack.of(this).zone, props.role),
      path: props.path ?? "/",
      description: props.description,
      assumeRolePolicy: props.trust,
      permissionsBoundary: props.boundaryArn,
      maxSessionDuration: (props.sessionHours ?? 1) * 3600,
      // What somebody attached by hand goes with the role, or it could not be deleted.
      forceDetachPolicies: true,
    });
    this.roleArn = role.arn;
    this.roleName = role.name;
    for (const [name, policyArn] of Object.entries(props.policyArns)) {
      new IamRolePolicyAttachment(this, name, { role: role.name, policyArn });
    }
  }
}
