import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { GUARDED_ACCOUNT, staysInRegions } from "./guardrails/account";
import { keepsEvidence } from "./guardrails/evidence";
import { boundsBreakGlassIdentities } from "./guardrails/identities";
import { within } from "./guardrails/within";
import { ManagedPolicy } from "./managed-policy";
import { type Statement } from "./policy-document";
import { boundaryName, type Ground } from "./zone-roles";

/** The statements of {@link BreakGlassBoundary}. */
export const breakGlassBoundaryStatements = (ground: Ground): readonly Statement[] => [
  ...within(ground),
  // Governance mode is for a zone that may have to delete from its archive after all: this role is how.
  ...keepsEvidence(ground, ground.zone.retention.lock === "compliance"),
  ...GUARDED_ACCOUNT,
  ...boundsBreakGlassIdentities(ground),
  ...staysInRegions(ground.zone),
];

/**
 * What not even break-glass can do: stop or destroy the evidence of what it does, lose a key, make an identity that is not
 * bounded, or take its own bounds off.
 */
export class BreakGlassBoundary extends Construct {
  readonly policyArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    this.policyArn = new ManagedPolicy(this, "Policy", {
      name: boundaryName(zone, "break-glass"),
      description: `What not even break-glass can do in the zone ${zone.name}`,
      statements: breakGlassBoundaryStatements(stack),
    }).policyArn;
  }
}
