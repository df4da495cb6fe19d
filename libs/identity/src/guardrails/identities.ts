import { type Zone } from "@landfall/core";
import { type Statement } from "../policy-document";
import { boundaryArn, type Ground, PEOPLE_PATH, repairRolePattern } from "../zone-roles";

/** What changes a role, who may take it, or hands it to a service. */
const CHANGE_ROLE = [
  "iam:AttachRole*",
  "iam:DeleteRole*",
  "iam:DetachRole*",
  "iam:PassRole",
  "iam:PutRole*",
  "iam:UpdateAssume*",
  "iam:UpdateRole*",
];

/** A role of the zone, in whichever account: only its own account's roles can be changed, so that shorter is as strict. */
const rolePattern = (zone: Zone, name: string, path = "/"): string =>
  `arn:aws:iam::*:role${path}${zone.name}-${name}`;

/** The roles that people take day by day. */
const PEOPLE = `arn:aws:iam::*:role${PEOPLE_PATH}*`;

/** The roles are the only identities, and all are bounded: without this, every other guardrail could be walked around. */
const ONLY_ROLES: Statement = {
  Sid: "OnlyRoles",
  Effect: "Deny",
  Action: [
    "iam:*LoginProfile",
    "iam:AddClientID*",
    "iam:AddUserToGroup",
    "iam:AttachGroup*",
    "iam:AttachUser*",
    "iam:CreateAccessKey",
    "iam:CreateOpenID*",
    "iam:CreateSAML*",
    "iam:CreateServiceSpecific*",
    "iam:CreateUser",
    "iam:DeactivateMFA*",
    "iam:PutGroup*",
    "iam:PutUser*",
    "iam:UpdateOpenID*",
    "iam:Upload*",
  ],
  Resource: "*",
};

const KEEP_BOUNDARIES_ON: Statement = {
  Sid: "KeepBoundariesOn",
  Effect: "Deny",
  Action: "iam:DeleteRolePermissions*",
  Resource: "*",
};

/** What bounds the identities of people, pipelines and break-glass alike. */
const boundsIdentities = (ground: Ground): readonly Statement[] => [
  ONLY_ROLES,
  KEEP_BOUNDARIES_ON,
  {
    Sid: "KeepBoundaries",
    Effect: "Deny",
    Action: ["iam:CreatePolicyV*", "iam:DeletePolicy*", "iam:SetDefault*"],
    Resource: `arn:aws:iam::*:policy/${ground.zone.name}-*-boundary`,
  },
  {
    // What the zone did not make, it did not bound, and its pipeline's roles are an administrator's. Config is handed its service-linked role, which is AWS's to change.
    Sid: "OnlyZoneRoles",
    Effect: "Deny",
    Action: CHANGE_ROLE,
    NotResource: [
      rolePattern(ground.zone, "*"),
      rolePattern(ground.zone, "*", PEOPLE_PATH),
      "arn:aws:iam::*:role/aws-service-role/*",
    ],
  },
  { Sid: "PassNoPeople", Effect: "Deny", Action: "iam:PassRole", Resource: PEOPLE },
];

/** The ARN patterns of the roles that the stack `bootstrap` makes. */
const platformRoles = ({ zone }: Ground): readonly string[] =>
  ["plan", "deploy", "break-glass", "github-*"].map((name) => rolePattern(zone, name));

/** A role is made with the workload boundary; sentinel's with the repair boundary, on people's path with the deployer boundary. */
const rolesAreBounded = (ground: Ground): readonly Statement[] => {
  const unless = (boundary: string) => ({ StringNotEquals: { "iam:PermissionsBoundary": boundary } });
  const Action = ["iam:CreateRole", "iam:PutRolePermissionsBoundary"];
  return [
    {
      Sid: "RolesCarryTheBoundary",
      Effect: "Deny",
      Action,
      NotResource: [PEOPLE, repairRolePattern(ground.zone)],
      Condition: unless(boundaryArn(ground, "workload")),
    },
    {
      Sid: "RepairersCarryTheirBoundary",
      Effect: "Deny",
      Action,
      Resource: repairRolePattern(ground.zone),
      Condition: unless(boundaryArn(ground, "repair")),
    },
    {
      Sid: "PeopleCarryTheirBoundary",
      Effect: "Deny",
      Action,
      Resource: PEOPLE,
      Condition: unless(boundaryArn(ground, "deployer")),
    },
  ];
};

/** Only GitHub's roles take other roles; which, only an administrator writes. */
const takesNoRole = (zone: Zone): Statement => ({
  Sid: "TakeNoRole",
  Effect: "Deny",
  Action: "sts:AssumeRole",
  Resource: "*",
  Condition: { ArnNotLike: { "aws:PrincipalArn": rolePattern(zone, "github-*") } },
});

/** What bounds the identities that people and pipelines make and take. */
export const boundsDeployersIdentities = (ground: Ground): readonly Statement[] => [
  ...boundsIdentities(ground),
  ...rolesAreBounded(ground),
  {
    Sid: "PlatformRolesAreBootstraps",
    Effect: "Deny",
    Action: CHANGE_ROLE,
    Resource: platformRoles(ground),
  },
  takesNoRole(ground.zone),
];

/** What bounds the identities that break-glass makes and takes: it repairs the deployers' roles, but not its own. */
export const boundsBreakGlassIdentities = (ground: Ground): readonly Statement[] => [
  ...boundsIdentities(ground),
  {
    Sid: "RolesCarryABoundary",
    Effect: "Deny",
    Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
    Resource: "*",
    Condition: {
      StringNotEquals: {
        "iam:PermissionsBoundary": [boundaryArn(ground, "workload"), boundaryArn(ground, "deployer")],
      },
    },
  },
  {
    Sid: "BreakGlassIsBootstraps",
    Effect: "Deny",
    Action: CHANGE_ROLE,
    Resource: rolePattern(ground.zone, "break-glass"),
  },
  { Sid: "PassNoPlatformRole", Effect: "Deny", Action: "iam:PassRole", Resource: platformRoles(ground) },
  { Sid: "TakeNoRole", Effect: "Deny", Action: "sts:AssumeRole", Resource: "*" },
];
