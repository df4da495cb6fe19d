import { type Need } from "./row";
import {
  all,
  arn,
  arnsEverywhere,
  everywhere,
  isOfBootstrap,
  isStateBucket,
  near,
  on,
  rolesIn,
  workloadBoundary,
} from "./targets";
import { trustOf } from "../simulation/trust";

/** The deploy and the plan role's work: what Terraform calls to make, change and read the zone. */
export const DEPLOYER_NEEDS: readonly Need[] = [
  {
    id: "create-workload-role",
    title: "Create a role with the workload boundary, and give it policies",
    roles: { only: ["deploy"] },
    requests: (zone, role) => {
      const boundary = workloadBoundary(zone, role.account);
      const made = arn(role, "iam", `role/${zone.name}-orders-function`);
      return boundary === undefined
        ? []
        : on(["iam:CreateRole", "iam:PutRolePolicy"], [made, ...rolesIn(zone, role.account, ["workload"])], {
            context: { "iam:PermissionsBoundary": boundary },
          });
    },
  },
  {
    id: "pass-role-to-its-service",
    title: "Pass each workload role to the services that it trusts",
    roles: { only: ["deploy"] },
    requests: (zone, { account }) =>
      trustOf(zone)
        .filter(({ role }) => role.kind === "workload" && role.account === account)
        .flatMap(({ role, trusted }) =>
          trusted
            .filter(({ kind }) => kind === "Service")
            .flatMap(({ who }) =>
              on(["iam:PassRole"], [role.arn], { context: { "iam:PassedToService": who } }),
            ),
        ),
  },
  {
    id: "deploy-buckets",
    title: "Create a bucket and set its guards",
    roles: { only: ["deploy"] },
    requests: (zone) =>
      zone.regions.flatMap((region) =>
        on(
          [
            "s3:CreateBucket",
            "s3:PutBucketLogging",
            "s3:PutBucketNotification",
            "s3:PutBucketObjectLockConfiguration",
            "s3:PutBucketOwnershipControls",
            "s3:PutBucketPolicy",
            "s3:PutBucketPublicAccessBlock",
            "s3:PutBucketTagging",
            "s3:PutBucketVersioning",
            "s3:PutEncryptionConfiguration",
            "s3:PutLifecycleConfiguration",
          ],
          [`arn:aws:s3:::${zone.name}-orders-exports-${region}`],
          { region },
        ),
      ),
  },
  {
    id: "deploy-queues-and-tables",
    title: "Create queues, topics and tables",
    roles: { only: ["deploy"] },
    requests: (zone, role) => [
      ...on(
        ["sqs:CreateQueue", "sqs:SetQueueAttributes"],
        arnsEverywhere(zone, role, "sqs", `${zone.name}-orders`),
      ),
      ...on(
        ["sns:CreateTopic", "sns:SetTopicAttributes"],
        arnsEverywhere(zone, role, "sns", `${zone.name}-orders`),
      ),
      ...on(
        ["dynamodb:CreateTable", "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable"],
        arnsEverywhere(zone, role, "dynamodb", `table/${zone.name}-orders`),
      ),
    ],
  },
  {
    id: "deploy-keys",
    title: "Create a key, rotate it and write its policy",
    roles: { only: ["deploy"] },
    requests: (zone, role) => [
      ...everywhere(zone, ["kms:CreateKey"]),
      ...on(
        ["kms:DescribeKey", "kms:EnableKeyRotation", "kms:PutKeyPolicy"],
        near(zone, role, "aws_kms_key").filter((key) => !isOfBootstrap(zone, key)),
      ),
    ],
  },
  {
    id: "deploy-functions",
    title: "Create a function with its log group, rule and alarm",
    roles: { only: ["deploy"] },
    requests: (zone, role) => [
      ...on(
        ["lambda:CreateFunction", "lambda:PutFunctionConcurrency", "lambda:UpdateFunctionCode"],
        arnsEverywhere(zone, role, "lambda", `function:${zone.name}-orders`),
      ),
      ...on(
        ["logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:PutRetentionPolicy"],
        arnsEverywhere(zone, role, "logs", `log-group:/aws/lambda/${zone.name}-orders`),
      ),
      ...on(
        ["events:PutRule", "events:PutTargets"],
        arnsEverywhere(zone, role, "events", `rule/${zone.name}-orders`),
      ),
      ...on(
        ["cloudwatch:PutMetricAlarm"],
        arnsEverywhere(zone, role, "cloudwatch", `alarm:${zone.name}-orders`),
      ),
    ],
  },
  {
    id: "deploy-network",
    title: "Create a VPC, its subnets and its security groups",
    roles: { only: ["deploy"] },
    requests: (zone, role) => [
      ...on(
        ["ec2:CreateVpc", "ec2:ModifyVpcAttribute"],
        arnsEverywhere(zone, role, "ec2", "vpc/vpc-0123456789abcdef0"),
      ),
      ...on(["ec2:CreateSubnet"], arnsEverywhere(zone, role, "ec2", "subnet/subnet-0123456789abcdef0")),
      ...on(
        ["ec2:AuthorizeSecurityGroupEgress", "ec2:CreateSecurityGroup"],
        arnsEverywhere(zone, role, "ec2", "security-group/sg-0123456789abcdef0"),
      ),
    ],
  },
  {
    id: "deploy-watch",
    title: "Set up the trail, Config, detection and the account guards",
    roles: { only: ["deploy"] },
    requests: (zone, role) => [
      ...on(
        ["cloudtrail:CreateTrail", "cloudtrail:PutEventSelectors", "cloudtrail:StartLogging"],
        arnsEverywhere(zone, role, "cloudtrail", `trail/${zone.name}-trail`).slice(0, 1),
      ),
      ...on(
        ["config:PutConfigurationRecorder", "config:StartConfigurationRecorder"],
        arnsEverywhere(zone, role, "config", "configuration-recorder/default/0a1b2c3d"),
      ),
      ...on(["securityhub:EnableSecurityHub"], arnsEverywhere(zone, role, "securityhub", "hub/default")),
      ...on(
        ["access-analyzer:CreateAnalyzer"],
        arnsEverywhere(zone, role, "access-analyzer", `analyzer/${zone.name}`),
      ),
      ...everywhere(zone, [
        "config:PutDeliveryChannel",
        "ec2:EnableEbsEncryptionByDefault",
        "ec2:EnableSnapshotBlockPublicAccess",
        "guardduty:CreateDetector",
        "inspector2:Enable",
        "macie2:EnableMacie",
        "s3:PutAccountPublicAccessBlock",
      ]),
    ],
  },
  {
    id: "publish-contracts",
    title: "Write and read the contracts' parameters",
    roles: { only: ["deploy"] },
    requests: (zone, role) =>
      on(
        ["ssm:GetParameter", "ssm:PutParameter"],
        near(zone, role, "aws_ssm_parameter").filter((parameter) => !isOfBootstrap(zone, parameter)),
      ),
  },
  {
    id: "read-contracts",
    title: "Read the contracts' parameters to plan",
    roles: { only: ["plan"] },
    requests: (zone, role) => on(["ssm:GetParameter"], near(zone, role, "aws_ssm_parameter")),
  },
  {
    id: "use-state",
    title: "Read the Terraform states",
    roles: { only: ["plan", "deploy"] },
    requests: (zone, role) =>
      on(
        ["s3:GetObject"],
        all(zone, "aws_s3_bucket")
          .filter(
            (bucket) => isStateBucket(zone, bucket) && zone.resources.get(bucket)?.account === role.account,
          )
          .map((bucket) => `${bucket}/${zone.name}-keys.tfstate`),
      ),
  },
  {
    id: "plan",
    title: "Read the configuration of what is deployed",
    roles: { only: ["plan", "deploy"] },
    requests: (zone, role) => [
      ...everywhere(zone, ["ec2:DescribeSecurityGroups", "ec2:DescribeVpcs", "guardduty:ListDetectors"]),
      ...on(["iam:GetRole", "iam:ListRolePolicies"], rolesIn(zone, role.account)),
      ...on(["kms:DescribeKey", "kms:GetKeyPolicy"], near(zone, role, "aws_kms_key")),
      ...on(["sqs:GetQueueAttributes"], near(zone, role, "aws_sqs_queue")),
      ...on(["dynamodb:DescribeTable"], near(zone, role, "aws_dynamodb_table")),
      ...on(["lambda:GetFunction"], near(zone, role, "aws_lambda_function")),
      ...on(["s3:GetBucketPolicy", "s3:GetBucketVersioning"], near(zone, role, "aws_s3_bucket")),
      ...on(["cloudtrail:GetTrailStatus"], near(zone, role, "aws_cloudtrail")),
    ],
  },
];
