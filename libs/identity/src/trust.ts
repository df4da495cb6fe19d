import { type Zone } from "@landfall/core";
import { policyDocument } from "./policy-document";
import { homePrincipals, pipelineRoleArns } from "./zone-roles";

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

/**
 * Trusts the home account, and those roles of the pipeline that delivers the zone from another account that are for taking
 * this one. IAM refuses a principal that does not exist yet, so that they are named by a condition.
 *
 * @param takes which of the zone's roles it is
 */
export function trustDeployers(zone: Zone, takes: "plan" | "deploy"): string {
  const { pipeline } = zone.identity;
  return policyDocument([
    { Sid: "FromHome", Effect: "Allow", Principal: homePrincipals(zone), Action: "sts:AssumeRole" },
    ...(pipeline
      ? [
          {
            Sid: "FromPipeline",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${pipeline.account}:root` },
            Action: "sts:AssumeRole",
            Condition: {
              ArnEquals: { "aws:PrincipalArn": pipelineRoleArns(zone, takes) },
            },
          } as const,
        ]
      : []),
  ]);
}
