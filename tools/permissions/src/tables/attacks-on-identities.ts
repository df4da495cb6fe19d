import { ANYTHING, type Attack, NOTHING_ALLOWS_IT } from "./row";
import { CHANGERS, arn, boundariesIn, on, rolesIn } from "./targets";
import { type Role, type RoleKind, type Zone } from "../zone/zone";

/** Roles that could lift whoever gets hold of them. */
const POWERFUL: readonly RoleKind[] = [
  "plan",
  "deploy",
  "break-glass",
  "read-only",
  "operator",
  "github-plan",
  "github-deploy",
  "pipeline",
  "pipeline-plan",
  "pipeline-deploy",
];

const ROLE_EDITS = [
  "iam:AttachRolePolicy",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];

/** Roles that kinds of roles are for taking. */
const TAKES: Readonly<Partial<Record<RoleKind, readonly RoleKind[]>>> = {
  "github-plan": ["plan"],
  "github-deploy": ["plan", "deploy"],
  "pipeline-plan": ["plan"],
  "pipeline-deploy": ["deploy"],
};

/** A role that does not exist yet: a workload's, one on the path of people's roles, and one named like sentinel's. */
const newRoles = (zone: Zone, role: Role): readonly string[] =>
  [`role/${zone.name}-`, `role/landfall/people/${zone.name}-`, `role/${zone.name}-sentinel-`].map((start) =>
    arn(role, "iam", `${start}intruder`),
  );

/** Attacks on who may do what: roles, boundaries and users. */
export const IDENTITY_ATTACKS: readonly Attack[] = [
  {
    id: "role-without-boundary",
    title: "Create a role without a boundary",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["RolesCarryTheBoundary", "PeopleCarryTheirBoundary", "RepairersCarryTheirBoundary"],
      "break-glass": ["RolesCarryABoundary"],
    },
    requests: (zone, role) => on(["iam:CreateRole"], newRoles(zone, role)),
  },
  {
    id: "role-with-foreign-boundary",
    title: "Create a role with a boundary that is not the zone's, or with that of break-glass",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["RolesCarryTheBoundary", "PeopleCarryTheirBoundary", "RepairersCarryTheirBoundary"],
      "break-glass": ["RolesCarryABoundary"],
    },
    requests: (zone, role) =>
      [
        "arn:aws:iam::aws:policy/AdministratorAccess",
        arn(role, "iam", "policy/intruder"),
        arn(role, "iam", `policy/${zone.name}-break-glass-boundary`),
      ].flatMap((boundary) =>
        on(["iam:CreateRole"], newRoles(zone, role), {
          context: { "iam:PermissionsBoundary": boundary },
        }),
      ),
  },
  {
    id: "detach-boundary",
    title: "Take the boundary off a role",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepBoundariesOn"],
      "break-glass": ["KeepBoundariesOn"],
    },
    requests: (zone, role) => on(["iam:DeleteRolePermissionsBoundary"], rolesIn(zone, role.account)),
  },
  {
    id: "replace-boundary",
    title: "Put another boundary on a role",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["RolesCarryTheBoundary", "PeopleCarryTheirBoundary", "RepairersCarryTheirBoundary"],
      "break-glass": ["RolesCarryABoundary"],
    },
    requests: (zone, role) =>
      on(["iam:PutRolePermissionsBoundary"], rolesIn(zone, role.account), {
        context: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
      }),
  },
  {
    id: "rewrite-boundary",
    title: "Rewrite or delete a boundary",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["KeepBoundaries"],
      "break-glass": ["KeepBoundaries"],
    },
    requests: (zone, role) =>
      on(
        [
          "iam:CreatePolicyVersion",
          "iam:DeletePolicy",
          "iam:DeletePolicyVersion",
          "iam:SetDefaultPolicyVersion",
        ],
        boundariesIn(zone, role.account),
      ),
  },
  {
    id: "pass-powerful-role",
    title: "Pass a role of the platform or its operators to a service that runs code",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["PassNoPeople", "PlatformRolesAreBootstraps", "OnlyZoneRoles"],
      "break-glass": ["PassNoPeople", "PassNoPlatformRole", "OnlyZoneRoles"],
    },
    requests: (zone, role) =>
      ["lambda", "codebuild", "ec2", "cloudformation"].flatMap((service) =>
        on(["iam:PassRole"], rolesIn(zone, role.account, POWERFUL), {
          context: { "iam:PassedToService": `${service}.amazonaws.com` },
        }),
      ),
  },
  {
    id: "edit-deployer",
    title: "Edit or delete the roles that plan and deploy, and those that may take them",
    roles: { except: ["break-glass"] },
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["PlatformRolesAreBootstraps", "OnlyZoneRoles"],
    },
    requests: (zone, role) =>
      on(
        [...ROLE_EDITS, "iam:DeleteRole"],
        rolesIn(zone, role.account, [
          "plan",
          "deploy",
          "github-plan",
          "github-deploy",
          "pipeline",
          "pipeline-plan",
          "pipeline-deploy",
        ]),
      ),
  },
  {
    id: "edit-break-glass",
    title: "Edit or delete the break-glass role",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["PlatformRolesAreBootstraps"],
      "break-glass": ["BreakGlassIsBootstraps"],
    },
    requests: (zone, role) =>
      on([...ROLE_EDITS, "iam:DeleteRole"], rolesIn(zone, role.account, ["break-glass"])),
  },
  {
    id: "edit-roles",
    title: "Edit any role, its own included",
    roles: { except: CHANGERS },
    requests: (zone, role) => on(ROLE_EDITS, rolesIn(zone, role.account)),
  },
  {
    id: "create-user",
    title: "Create a user, its password or access keys",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["OnlyRoles"],
      "break-glass": ["OnlyRoles"],
    },
    requests: (_, role) =>
      on(
        [
          "iam:AttachUserPolicy",
          "iam:CreateAccessKey",
          "iam:CreateLoginProfile",
          "iam:CreateUser",
          "iam:PutUserPolicy",
          "iam:UpdateLoginProfile",
        ],
        [arn(role, "iam", "user/intruder")],
      ),
  },
  {
    id: "assume-another-role",
    title: "Assume a workload's role, or one of another kind",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["TakeNoRole", NOTHING_ALLOWS_IT],
      "break-glass": ["TakeNoRole", NOTHING_ALLOWS_IT],
    },
    requests: (zone, role) =>
      on(
        ["sts:AssumeRole"],
        zone.roles
          .filter(
            ({ arn: other, kind }) =>
              other !== role.arn &&
              (kind !== role.kind || kind === "workload") &&
              !TAKES[role.kind]?.includes(kind),
          )
          .map(({ arn: other }) => other),
      ),
  },
];
