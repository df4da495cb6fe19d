import { zoneRegions } from "@landfall/core";
import { type Statement } from "../policy-document";
import { type Ground } from "../zone-roles";

/** The ARN patterns of the keys in an account, in the zone's regions: the widest that KMS.1 and KMS.2 let a policy decrypt with. */
export const keyPatterns = ({ zone, account }: Ground): readonly string[] =>
  zoneRegions(zone).map((region) => `arn:aws:kms:${region}:${account.id}:key/*`);

/**
 * What a boundary allows before it denies: everything, but to decrypt only with keys of the account. A boundary grants
 * nothing; the roles' own policies say what they may do.
 */
export const within = (ground: Ground): readonly Statement[] => [
  {
    Sid: "WhatTheirPoliciesAllow",
    Effect: "Allow",
    NotAction: ["kms:Decrypt", "kms:ReEncryptFrom"],
    Resource: "*",
  },
  {
    Sid: "DecryptInThisAccount",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:ReEncryptFrom"],
    Resource: keyPatterns(ground),
  },
];
