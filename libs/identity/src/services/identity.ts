import { type ServiceAccess } from "../service-access";
import { zoneRolePatterns } from "../zone-roles";

/** Roles and policies, the account's password policy, and what finds access from outside. */
export const IDENTITY: ServiceAccess = {
  name: "identity",
  types: [
    "aws_accessanalyzer_analyzer",
    "aws_iam_account_password_policy",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_iam_service_linked_role",
  ],
  read: [
    "access-analyzer:GetAnalyzer",
    "access-analyzer:List*",
    "iam:Get*",
    "iam:List*",
    // Only the management account and delegated administrators get an answer.
    "organizations:Describe*",
    "organizations:List*",
  ],
  changes: [
    {
      what: "roles",
      actions: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PassRole",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      on: zoneRolePatterns,
    },
    {
      what: "policies",
      actions: [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:TagPolicy",
        "iam:UntagPolicy",
      ],
      on: ({ zone, account }) => [`arn:aws:iam::${account.id}:policy/${zone.name}-*`],
    },
    {
      what: "serviceLinkedRoles",
      actions: ["iam:CreateServiceLinkedRole", "iam:PassRole", "iam:TagRole", "iam:UntagRole"],
      on: ({ account }) => [`arn:aws:iam::${account.id}:role/aws-service-role/*`],
    },
    { what: "passwordPolicy", actions: ["iam:UpdateAccountPasswordPolicy"] },
    {
      what: "analyzers",
      actions: [
        "access-analyzer:CreateAnalyzer",
        "access-analyzer:TagResource",
        "access-analyzer:UntagResource",
        "access-analyzer:UpdateAnalyzer",
      ],
      on: ({ zone, account }) => [`arn:aws:access-analyzer:*:${account.id}:analyzer/${zone.name}*`],
    },
  ],
};
