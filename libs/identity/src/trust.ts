import { type Zone } from "@landfall/core";
import { policyDocument } from "./policy-document";
import { homePrincipals } from "./zone-roles";

/** Trusts the principals of the home account whose own policies let them take the role. */
export const trustHome = (zone: Zone): string =>
  policyDocument([
    { Sid: "FromHome", Effect: "Allow", Principal: homePrincipals(zone), Action: "sts:AssumeRole" },
  ]);

/**
 * Trusts people of the home account who have just proven a second factor.
 *
 * @param hours how long ago that may be
 */
export const trustPeople = (zone: Zone, hours: number): string =>
  policyDocument([
    {
      Sid: "PeopleWithSecondFactor",
      Effect: "Allow",
      Principal: homePrincipals(zone),
      Action: "sts:AssumeRole",
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThan: { "aws:MultiFactorAuthAge": String(hours * 3600) },
      },
    },
  ]);
