import { type Zone } from "@landfall/core";
import { type ServiceControlPolicy } from "./policy";
import { boundaries, butFor, deployers, exempt, usableBoundaries } from "./principals";

/** What changes a role, or who may take it. */
const CHANGE_ROLE = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
];

/**
 * Who there is: a role without one of the zone's boundaries can't come about, and neither a boundary nor a role of the
 * stack bootstrap can be changed but by those who apply that stack, or repair it in an emergency. Service-linked roles are made by another action.
 */
export const identities = ({ name }: Zone): ServiceControlPolicy => ({
  name: "identities",
  description: "Denies roles without a boundary, and changes to boundaries and deployers",
  statements: [
    {
      Sid: "DenyRoleWithoutBoundary",
      Effect: "Deny",
      Action: [
        "iam:CreateRole",
        "iam:CreateUser",
        "iam:PutRolePermissionsBoundary",
        "iam:PutUserPermissionsBoundary",
      ],
      Resource: "*",
      // Both must hold. A request that names no boundary is like none of them.
      Condition: {
        ArnNotLike: {
          "iam:PermissionsBoundary": usableBoundaries(name),
          "aws:PrincipalArn": exempt.administrators(),
        },
      },
    },
    {
      Sid: "DenyRemovingBoundary",
      Effect: "Deny",
      Action: ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"],
      Resource: "*",
      Condition: butFor(exempt.administrators()),
    },
    {
      Sid: "DenyChangingBoundaries",
      Effect: "Deny",
      Action: [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion",
      ],
      Resource: boundaries(name),
      Condition: butFor(exempt.administrators()),
    },
    {
      Sid: "DenyChangingDeployers",
      Effect: "Deny",
      Action: CHANGE_ROLE,
      Resource: deployers(name),
      Condition: butFor(exempt.emergencies(name)),
    },
    {
      Sid: "DenyChangingLastResorts",
      Effect: "Deny",
      Action: CHANGE_ROLE,
      Resource: exempt.emergencies(name),
      Condition: butFor(exempt.administrators()),
    },
  ],
});
