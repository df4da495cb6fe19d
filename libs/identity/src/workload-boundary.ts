import { type Construct } from "constructs";
import { Boundary } from "./boundary";
import { keyPatterns } from "./guardrails/within";
import { type Statement } from "./policy-document";
import { type Ground } from "./zone-roles";

/** What a workload may do with data, and only inside its own account. */
const DATA_ACTIONS = [
  "dynamodb:BatchGetItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:DescribeStream",
  "dynamodb:DescribeTable",
  "dynamodb:GetItem",
  "dynamodb:GetRecords",
  "dynamodb:GetShardIterator",
  "dynamodb:ListStreams",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
  "events:PutEvents",
  "lambda:InvokeFunction",
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:GetObject",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:ListBucket",
  "s3:PutObject",
  "s3:PutObjectTagging",
  "secretsmanager:GetSecretValue",
  "sns:Publish",
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
  "sqs:SendMessage",
  "ssm:GetParameter",
  "ssm:GetParameters",
];

/**
 * What Lambda needs to attach a function to a network.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const NETWORK_ATTACHMENT_ACTIONS = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/** The use of keys, never their administration. */
export const KEY_ACTIONS = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
];

/** What a function's own running needs: its logs, metrics and traces. */
export const TELEMETRY_ACTIONS = [
  "cloudwatch:PutMetricData",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** The same, with its network interfaces. */
const RUNTIME_ACTIONS = [...NETWORK_ATTACHMENT_ACTIONS, ...TELEMETRY_ACTIONS];

/** The statements of {@link WorkloadBoundary}. */
export const workloadBoundaryStatements = (ground: Ground): readonly Statement[] => [
  {
    Sid: "DataInThisAccount",
    Effect: "Allow",
    Action: DATA_ACTIONS,
    Resource: "*",
    Condition: { StringEquals: { "aws:ResourceAccount": ground.account.id } },
  },
  { Sid: "KeysOfThisAccount", Effect: "Allow", Action: KEY_ACTIONS, Resource: keyPatterns(ground) },
  { Sid: "OwnRuntime", Effect: "Allow", Action: RUNTIME_ACTIONS, Resource: "*" },
];

/**
 * The most that any workload role can do, whatever its own policies say: data actions in its account and what its
 * running needs. Nothing in it touches identities, keys' administration, trails or networks.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class WorkloadBoundary extends Boundary {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      name: "workload",
      description: ({ name }) => `The most that a workload role of the zone ${name} can do`,
      statements: workloadBoundaryStatements,
    });
  }
}
