import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Aspects, type IAspect, type TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";

const isBounded = (construct: IConstruct): construct is IamRole | IamUser =>
  construct instanceof IamRole || construct instanceof IamUser;

/** Puts the boundary on every role and user that does not name one itself. */
class BoundaryAspect implements IAspect {
  constructor(private readonly arn: () => string | undefined) {}

  visit(construct: IConstruct): void {
    const arn = this.arn();
    if (isBounded(construct) && construct.permissionsBoundaryInput === undefined && arn !== undefined) {
      construct.permissionsBoundary = arn;
    }
  }
}

/**
 * Holds the zone's rule that every role carries a permission boundary: applies the stack's own to all of them, and
 * fails synthesis where a role is left without one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function requireBoundary(stack: TerraformStack, arn: () => string | undefined): void {
  Aspects.of(stack).add(new BoundaryAspect(arn));
  stack.node.addValidation({
    validate: () =>
      stack.node
        .findAll()
        .filter(isBounded)
        .filter((role) => role.permissionsBoundaryInput === undefined && arn() === undefined)
        .map(
          (role) =>
            `'${role.node.path}' must carry a permission boundary: consume the bootstrap stack's contract and pass its ` +
            `workloadBoundaryArn to permissionsBoundary(), got: none`,
        ),
  });
}
