import { type Construct } from "constructs";
import { Boundary } from "./boundary";
import { GUARDED_ACCOUNT, staysInRegions } from "./guardrails/account";
import { keepsEvidence } from "./guardrails/evidence";
import { boundsBreakGlassIdentities } from "./guardrails/identities";
import { within } from "./guardrails/within";
import { type Statement } from "./policy-document";
import { type Ground } from "./zone-roles";

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
export class BreakGlassBoundary extends Boundary {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      name: "break-glass",
      description: ({ name }) => `What not even break-glass can do in the zone ${name}`,
      statements: breakGlassBoundaryStatements,
    });
  }
}
