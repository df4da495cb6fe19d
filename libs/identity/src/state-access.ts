import { type DeliveryTarget, type Zone } from "@landfall/core";
import { stateBucketName } from "@landfall/stack";
import { type Statement } from "./policy-document";

/**
 * Lets a role use the zone's Terraform states: read them, and lock them with an object beside each; to write is to deploy.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions
 */
export function stateStatements(
  zone: Zone,
  stateKeyArn: string,
  access: "read" | "write",
): readonly Statement[] {
  const bucket = `arn:aws:s3:::${stateBucketName(zone)}`;
  const allow = (
    Sid: string,
    Action: string | readonly string[],
    Resource: string | readonly string[],
  ): Statement => ({ Sid, Effect: "Allow", Action, Resource });
  return [
    allow("ListStates", "s3:ListBucket", bucket),
    allow("ReadStates", "s3:GetObject", `${bucket}/*`),
    allow("LockStates", ["s3:DeleteObject", "s3:PutObject"], `${bucket}/*.tflock`),
    allow("UseStateKey", ["kms:Decrypt", "kms:GenerateDataKey"], stateKeyArn),
    ...(access === "write" ? [allow("WriteStates", "s3:PutObject", `${bucket}/*.tfstate`)] : []),
  ];
}

/** The first account and region of a delivered zone are its home, where its states are. */
const homeOf = ({ zone, accounts, regions }: DeliveryTarget) => {
  const [account, region] = [accounts[0], regions[0]];
  if (account === undefined || region === undefined) throw new Error(`zone '${zone}' has no home`);
  return { account, region };
};

/** The bucket that holds the states of a delivered zone. */
export function targetStateBucket(target: DeliveryTarget): string {
  const { account, region } = homeOf(target);
  return `${target.zone}-state-${account}-${region}`;
}

/** The ARN pattern of the keys among which a delivered zone's state key is: its id is not known from outside. */
export function targetKeyPatterns(target: DeliveryTarget): readonly string[] {
  const { account, region } = homeOf(target);
  return [`arn:aws:kms:${region}:${account}:key/*`];
}

/**
 * The same as {@link stateStatements} for a zone that is delivered from another one. Its state key is told by what it
 * encrypts: the state bucket.
 */
export function targetStateStatements(
  target: DeliveryTarget,
  access: "read" | "write",
): readonly Statement[] {
  const name = targetStateBucket(target);
  const bucket = `arn:aws:s3:::${name}`;
  const sid = (what: string) => `${what}${target.zone.charAt(0).toUpperCase()}${target.zone.slice(1)}`;
  return [
    { Sid: sid("ListStatesOf"), Effect: "Allow", Action: "s3:ListBucket", Resource: bucket },
    { Sid: sid("ReadStatesOf"), Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/*` },
    {
      Sid: sid("LockStatesOf"),
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:PutObject"],
      Resource: `${bucket}/*.tflock`,
    },
    ...(access === "write"
      ? [
          {
            Sid: sid("WriteStatesOf"),
            Effect: "Allow",
            Action: "s3:PutObject",
            Resource: `${bucket}/*.tfstate`,
          } as const,
        ]
      : []),
    {
      Sid: sid("UseStateKeyOf"),
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: targetKeyPatterns(target),
      Condition: { StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] } },
    },
  ];
}
