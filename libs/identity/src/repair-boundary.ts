import { type Construct } from "constructs";
import { Boundary } from "./boundary";
import { keyPatterns } from "./guardrails/within";
import { type Statement } from "./policy-document";
import { KEY_ACTIONS, TELEMETRY_ACTIONS } from "./workload-boundary";
import { type Ground } from "./zone-roles";

/** The tag, and its value, of a resource that no repair touches. */
export const IGNORE_TAG = { key: "landfall:sentinel", value: "ignore" } as const;

/** What a repair does to a resource: each takes an access or a silence away, and deletes nothing. */
const MEND_ACTIONS = [
  "cloudtrail:StartLogging",
  "ec2:RevokeSecurityGroupIngress",
  "iam:UpdateAccessKey",
  "s3:PutBucketPublicAccessBlock",
];

/** What a repair looks at before and after. */
const LOOK_ACTIONS = [
  "cloudtrail:DescribeTrails",
  "cloudtrail:GetTrailStatus",
  "cloudtrail:ListTags",
  "ec2:DescribeSecurityGroupRules",
  "ec2:DescribeSecurityGroups",
  "iam:GetAccessKeyLastUsed",
  "iam:GetUser",
  "iam:ListAccessKeys",
  "s3:GetBucketPolicyStatus",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketTagging",
  "s3:ListAllMyBuckets",
];

/** How a repair is asked for, remembered, recorded and announced. */
const WORK_ACTIONS = [
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:PutObject",
  "sns:Publish",
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:ReceiveMessage",
  "sqs:SendMessage",
];

/** The statements of {@link RepairBoundary}. */
export const repairBoundaryStatements = (ground: Ground): readonly Statement[] => {
  const here = { StringEquals: { "aws:ResourceAccount": ground.account.id } };
  return [
    { Sid: "MendInThisAccount", Effect: "Allow", Action: MEND_ACTIONS, Resource: "*", Condition: here },
    {
      Sid: "TouchNothingIgnored",
      Effect: "Deny",
      Action: MEND_ACTIONS,
      Resource: "*",
      Condition: { StringEquals: { [`aws:ResourceTag/${IGNORE_TAG.key}`]: IGNORE_TAG.value } },
    },
    { Sid: "Look", Effect: "Allow", Action: LOOK_ACTIONS, Resource: "*" },
    { Sid: "WorkInThisAccount", Effect: "Allow", Action: WORK_ACTIONS, Resource: "*", Condition: here },
    { Sid: "KeysOfThisAccount", Effect: "Allow", Action: KEY_ACTIONS, Resource: keyPatterns(ground) },
    { Sid: "OwnRuntime", Effect: "Allow", Action: TELEMETRY_ACTIONS, Resource: "*" },
  ];
};

/**
 * The most that a role of the app `sentinel` can do. It is a boundary of its own, so that the one of all other workloads needs
 * no action that changes a network, a trail, an identity or a guard.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class RepairBoundary extends Boundary {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      name: "repair",
      description: ({ name }) => `The most that a repair role of the zone ${name} can do`,
      statements: repairBoundaryStatements,
    });
  }
}
