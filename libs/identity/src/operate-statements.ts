import { keyPatterns } from "./guardrails/within";
import { reachableRegions } from "./guardrails/account";
import { type Statement } from "./policy-document";
import { named } from "./service-access";
import { type Ground } from "./zone-roles";

/**
 * Lets people run what is deployed: send dead letters back, call functions, approve deploys, read logs and traces. A letter that is sent back
 * is received on the way, so that an operator can read dead letters.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export const operateStatements = (ground: Ground): readonly Statement[] => [
  {
    Sid: "RedriveQueues",
    Effect: "Allow",
    Action: [
      "sqs:CancelMessageMoveTask",
      "sqs:DeleteMessage",
      "sqs:ListMessageMoveTasks",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
      "sqs:StartMessageMoveTask",
    ],
    Resource: named("sqs")(ground),
  },
  {
    Sid: "UseKeysOfQueues",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: keyPatterns(ground),
    Condition: { StringLike: { "kms:ViaService": "sqs.*.amazonaws.com" } },
  },
  {
    Sid: "CallFunctions",
    Effect: "Allow",
    Action: "lambda:InvokeFunction",
    Resource: named("lambda", "function:")(ground),
  },
  {
    Sid: "RunWorkflows",
    Effect: "Allow",
    Action: ["states:DescribeExecution", "states:StartExecution", "states:StopExecution"],
    Resource: ["stateMachine:", "execution:"].flatMap((prefix) => named("states", prefix)(ground)),
  },
  {
    Sid: "ApproveAndRunPipelines",
    Effect: "Allow",
    Action: [
      "codepipeline:Get*",
      "codepipeline:List*",
      "codepipeline:PutApprovalResult",
      "codepipeline:RetryStageExecution",
      "codepipeline:RollbackStage",
      "codepipeline:StartPipelineExecution",
      "codepipeline:StopPipelineExecution",
    ],
    Resource: named("codepipeline")(ground),
  },
  {
    Sid: "ReadLogs",
    Effect: "Allow",
    Action: ["logs:FilterLogEvents", "logs:GetLog*", "logs:StartLiveTail", "logs:StartQuery"],
    Resource: `arn:aws:logs:*:${ground.account.id}:log-group:*`,
  },
  {
    Sid: "ReadTraces",
    Effect: "Allow",
    Action: ["logs:GetQueryResults", "logs:StopQuery", "xray:BatchGetTraces", "xray:Get*"],
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": reachableRegions(ground.zone) } },
  },
];
