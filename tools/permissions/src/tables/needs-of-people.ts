import { type Need } from "./row";
import { all, arn, everywhere, near, on, rolesIn } from "./targets";

const MFA = { "aws:MultiFactorAuthPresent": "true" };

/** What people do with their roles; each comes with a second factor. */
export const PEOPLE_NEEDS: readonly Need[] = [
  {
    id: "read-configuration",
    title: "People read the configuration of the zone",
    roles: { only: ["read-only", "operator"] },
    requests: (zone, role) => [
      ...everywhere(zone, ["ec2:DescribeVpcs", "lambda:ListFunctions", "cloudwatch:DescribeAlarms"]).map(
        (request) => ({
          ...request,
          ...(request.action === "cloudwatch:DescribeAlarms"
            ? { resource: arn(role, "cloudwatch", "alarm:any", request.region) }
            : {}),
          context: MFA,
        }),
      ),
      ...on(["sqs:GetQueueAttributes"], near(zone, role, "aws_sqs_queue"), { context: MFA }),
      ...on(["dynamodb:DescribeTable"], near(zone, role, "aws_dynamodb_table"), { context: MFA }),
      ...on(["iam:GetRole"], rolesIn(zone, role.account), { context: MFA }),
    ],
  },
  {
    id: "redrive",
    title: "An operator sends dead letters back and reads a function's log",
    roles: { only: ["operator"] },
    requests: (zone, role) => [
      ...on(["sqs:StartMessageMoveTask"], near(zone, role, "aws_sqs_queue"), { context: MFA }),
      ...on(["logs:FilterLogEvents"], near(zone, role, "aws_cloudwatch_log_group"), { context: MFA }),
    ],
  },
  {
    id: "repair-deployer",
    title: "Break-glass repairs the roles that plan and deploy",
    roles: { only: ["break-glass"] },
    requests: (zone, role) =>
      on(
        ["iam:AttachRolePolicy", "iam:DeleteRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
        rolesIn(zone, role.account, ["plan", "deploy"]),
        { context: MFA },
      ),
  },
  {
    id: "repair-archive",
    title: "Break-glass looks into the log archive",
    roles: { only: ["break-glass"] },
    requests: (zone, role) =>
      on(
        ["s3:ListBucket"],
        all(zone, "aws_s3_bucket").filter(
          (bucket) => zone.archives.has(bucket) && zone.resources.get(bucket)?.account === role.account,
        ),
        { context: MFA },
      ),
  },
];
