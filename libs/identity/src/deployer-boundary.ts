import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { GUARDED_ACCOUNT, staysInRegions } from "./guardrails/account";
import { boundsDeployers } from "./guardrails/deployers";
import { keepsEvidence } from "./guardrails/evidence";
import { boundsDeployersIdentities } from "./guardrails/identities";
import { within } from "./guardrails/within";
import { ManagedPolicy } from "./managed-policy";
import { type Statement } from "./policy-document";
import { boundaryName, type Ground } from "./zone-roles";

/** The statements of {@link DeployerBoundary}. */
export const deployerBoundaryStatements = (ground: Ground): readonly Statement[] => [
  ...within(ground),
  ...keepsEvidence(ground, true),
  ...GUARDED_ACCOUNT,
  ...boundsDeployersIdentities(ground),
  ...boundsDeployers(ground),
  ...staysInRegions(ground.zone),
];

/**
 * The guardrails of the roles that people and pipelines take, whatever their own policies say: they stop no record and no
 * watch, lose no key, make no identity that is not bounded, and do not touch what bounds them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class DeployerBoundary extends Construct {
  readonly policyArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    this.policyArn = new ManagedPolicy(this, "Policy", {
      name: boundaryName(zone, "deployer"),
      description: `What no person and no pipeline of the zone ${zone.name} can do`,
      statements: deployerBoundaryStatements(stack),
    }).policyArn;
  }
}
