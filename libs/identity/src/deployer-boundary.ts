import { type Construct } from "constructs";
import { Boundary } from "./boundary";
import { GUARDED_ACCOUNT, staysInRegions } from "./guardrails/account";
import { boundsDeployers } from "./guardrails/deployers";
import { keepsEvidence } from "./guardrails/evidence";
import { boundsDeployersIdentities } from "./guardrails/identities";
import { within } from "./guardrails/within";
import { type Statement } from "./policy-document";
import { type Ground } from "./zone-roles";

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
export class DeployerBoundary extends Boundary {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      name: "deployer",
      description: ({ name }) => `What no person and no pipeline of the zone ${name} can do`,
      statements: deployerBoundaryStatements,
    });
  }
}
