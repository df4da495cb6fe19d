import { type Statement } from "../policy-document";
import { type Ground } from "../zone-roles";

/** What an administrator applies by hand, and break-glass may repair: what bounds the deployer, and its memory. */
const bootstrapIsAdministrators = ({ zone }: Ground): Statement => ({
  Sid: "BootstrapIsAdministrators",
  Effect: "Deny",
  Action: [
    "iam:CreatePolicyV*",
    "iam:DeletePolicy*",
    "iam:SetDefault*",
    "s3:Put*Configuration",
    "s3:PutBucket*",
    "ssm:DeleteP*",
    "ssm:PutP*",
  ],
  Resource: [
    `arn:aws:iam::*:policy/${zone.name}-bootstrap-*`,
    `arn:aws:s3:::${zone.name}-state-*`,
    `arn:aws:s3:::${zone.name}-bootstrap-*`,
    `arn:aws:s3:::${zone.name}-delivery-*`,
    `arn:aws:ssm:*:*:parameter/landfall/${zone.name}/bootstrap/*`,
  ],
});

/**
 * Configuration is not data. The deploy role is left out because DynamoDB asks whoever adds a replica for its data actions;
 * its own policies, which only an administrator writes, allow none.
 */
const noData = ({ zone }: Ground): Statement => ({
  Sid: "ReadNoData",
  Effect: "Deny",
  Action: [
    "dynamodb:*GetItem",
    "dynamodb:GetRecords",
    "dynamodb:PartiQL*",
    "dynamodb:Query",
    "dynamodb:Scan",
    "s3:GetObject*",
    "secretsmanager:*GetSecretValue",
  ],
  NotResource: `arn:aws:s3:::${zone.name}-state-*`,
  Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${zone.name}-deploy` } },
});

/** Making a trail never updates one: changing it is for break-glass. */
const TRAIL_IS_FIXED: Statement = {
  Sid: "TrailIsFixed",
  Effect: "Deny",
  Action: "cloudtrail:UpdateTrail",
  Resource: "*",
};

/** What bounds people and pipelines, but not break-glass. */
export const boundsDeployers = (ground: Ground): readonly Statement[] => [
  TRAIL_IS_FIXED,
  bootstrapIsAdministrators(ground),
  noData(ground),
];
