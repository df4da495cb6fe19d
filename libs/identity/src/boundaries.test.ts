import { homeAccount, type Zone } from "@landfall/core";
import { organizationZone, testZone, twoRegionZone } from "@landfall/testing";
import { breakGlassBoundaryStatements } from "./break-glass-boundary";
import { deployerBoundaryStatements } from "./deployer-boundary";
import { MANAGED_POLICY_LIMIT } from "./managed-policy";
import { policyDocument, type Statement } from "./policy-document";
import { repairBoundaryStatements } from "./repair-boundary";
import { servicesIn } from "./services";
import { workloadBoundaryStatements } from "./workload-boundary";
import { type Ground } from "./zone-roles";

const ground = (zone: Zone = twoRegionZone()): Ground => ({ zone, account: homeAccount(zone) });
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();
const like = (patterns: string | readonly string[] | undefined, text: string): boolean =>
  listOf(patterns).some((pattern) =>
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\/]/g, "\\$&").replaceAll("*", ".*")}$`).test(text),
  );

/** The Sids of the denials of an action, whatever their resources and conditions; but not of those of all actions. */
const denials = (statements: readonly Statement[], action: string): readonly string[] =>
  statements
    .filter(({ Effect, Action }) => Effect === "Deny" && Action !== "*" && like(Action, action))
    .map(({ Sid }) => Sid);

const statement = (statements: readonly Statement[], sid: string): Statement => {
  const found = statements.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`no statement ${sid}`);
  return found;
};

const deployer = deployerBoundaryStatements(ground());
const breakGlass = breakGlassBoundaryStatements(ground());

/** What no role of people, pipelines or break-glass may do: the action, and the statement that denies it. */
const GUARDED: readonly (readonly [string, string])[] = [
  ["cloudtrail:StopLogging", "KeepTrail"],
  ["cloudtrail:DeleteTrail", "KeepTrail"],
  ["cloudtrail:DeleteEventDataStore", "KeepTrail"],
  ["logs:DeleteLogGroup", "KeepTrailLogs"],
  ["logs:DeleteLogStream", "KeepTrailLogs"],
  ["logs:DeleteRetentionPolicy", "KeepTrailLogs"],
  ["config:StopConfigurationRecorder", "KeepRecorder"],
  ["config:DeleteConfigurationRecorder", "KeepRecorder"],
  ["config:DeleteDeliveryChannel", "KeepRecorder"],
  ["guardduty:DeleteDetector", "KeepDetection"],
  ["guardduty:DisassociateFromAdministratorAccount", "KeepDetection"],
  ["guardduty:StopMonitoringMembers", "KeepDetection"],
  ["securityhub:DisableSecurityHub", "KeepDetection"],
  ["securityhub:BatchDisableStandards", "KeepDetection"],
  ["inspector2:Disable", "KeepDetection"],
  ["macie2:DisableMacie", "KeepDetection"],
  ["macie2:UpdateMacieSession", "KeepDetection"],
  ["access-analyzer:DeleteAnalyzer", "KeepDetection"],
  ["s3:DeleteBucket", "KeepArchive"],
  ["s3:DeleteBucketPolicy", "KeepArchive"],
  ["ec2:DisableEbsEncryptionByDefault", "KeepAccountGuards"],
  ["ec2:DisableSnapshotBlockPublicAccess", "KeepAccountGuards"],
  ["ec2:DisableImageBlockPublicAccess", "KeepAccountGuards"],
  ["ec2:ResetEbsDefaultKmsKeyId", "KeepAccountGuards"],
  ["ssm:ResetServiceSetting", "KeepAccountGuards"],
  ["iam:DeleteAccountPasswordPolicy", "KeepAccountGuards"],
  ["kms:DisableKey", "KeepKeys"],
  ["kms:DisableKeyRotation", "KeepKeys"],
  ["kms:ScheduleKeyDeletion", "KeepKeys"],
  ["kms:CreateGrant", "GrantKeysToServicesOnly"],
  ["ec2:ModifySnapshotAttribute", "ShareNothing"],
  ["ec2:ModifyImageAttribute", "ShareNothing"],
  ["rds:ModifyDBSnapshotAttribute", "ShareNothing"],
  ["rds:ModifyDBClusterSnapshotAttribute", "ShareNothing"],
  ["s3:PutObjectAcl", "ShareNothing"],
  ["ssm:ModifyDocumentPermission", "ShareNothing"],
  ["organizations:LeaveOrganization", "StayInOrganization"],
  ["account:CloseAccount", "StayInOrganization"],
  ["iam:CreateUser", "OnlyRoles"],
  ["iam:CreateAccessKey", "OnlyRoles"],
  ["iam:CreateLoginProfile", "OnlyRoles"],
  ["iam:UpdateLoginProfile", "OnlyRoles"],
  ["iam:PutUserPolicy", "OnlyRoles"],
  ["iam:CreateOpenIDConnectProvider", "OnlyRoles"],
  ["iam:DeleteRolePermissionsBoundary", "KeepBoundariesOn"],
  ["iam:CreatePolicyVersion", "KeepBoundaries"],
  ["iam:SetDefaultPolicyVersion", "KeepBoundaries"],
  ["iam:DeletePolicyVersion", "KeepBoundaries"],
  ["iam:UpdateAssumeRolePolicy", "OnlyZoneRoles"],
  ["iam:PassRole", "PassNoPeople"],
  ["sts:AssumeRole", "TakeNoRole"],
];

describe.each([
  ["deployer", deployer],
  ["break-glass", breakGlass],
])("the %s boundary", (_, statements) => {
  it.each(GUARDED)("denies %s by %s", (action, sid) => {
    expect(denials(statements, action)).toContain(sid);
  });

  it("names each statement once", () => {
    const sids = statements.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
  });

  it("admits decryption only with the account's keys in the zone's regions", () => {
    expect(statement(statements, "WhatTheirPoliciesAllow").NotAction).toEqual([
      "kms:Decrypt",
      "kms:ReEncryptFrom",
    ]);
    expect(statement(statements, "DecryptInThisAccount").Resource).toEqual([
      "arn:aws:kms:eu-west-1:123456789012:key/*",
      "arn:aws:kms:eu-central-1:123456789012:key/*",
    ]);
  });

  it("keeps within the zone's regions, and the one of global services", () => {
    expect(statement(statements, "OnlyZoneRegions").Condition).toEqual({
      StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1", "us-east-1"] },
    });
  });

  it("guards the log archive, the states and their access logs", () => {
    expect(statement(statements, "KeepArchive").Resource).toEqual([
      "arn:aws:s3:::test-logging-*",
      "arn:aws:s3:::test-sentinel-*",
      "arn:aws:s3:::test-state-*",
      "arn:aws:s3:::test-bootstrap-*",
    ]);
  });
});

describe("the deployer boundary", () => {
  it.each([
    ["s3:BypassGovernanceRetention", "KeepArchive"],
    ["s3:DeleteObjectVersion", "KeepArchive"],
    ["s3:PutObjectRetention", "KeepArchive"],
    ["s3:DeleteObject", "KeepLogs"],
    ["cloudtrail:UpdateTrail", "TrailIsFixed"],
    ["iam:CreatePolicyVersion", "BootstrapIsAdministrators"],
    ["s3:PutBucketVersioning", "BootstrapIsAdministrators"],
    ["s3:PutLifecycleConfiguration", "BootstrapIsAdministrators"],
    ["ssm:PutParameter", "BootstrapIsAdministrators"],
    ["iam:PutRolePolicy", "PlatformRolesAreBootstraps"],
    ["iam:PassRole", "PlatformRolesAreBootstraps"],
    ["dynamodb:GetItem", "ReadNoData"],
    ["secretsmanager:GetSecretValue", "ReadNoData"],
    ["s3:GetObjectVersion", "ReadNoData"],
  ])("denies %s by %s", (action, sid) => {
    expect(denials(deployer, action)).toContain(sid);
  });

  it("lets a role be made with the workload boundary, and on people's path with its own", () => {
    const boundary = "arn:aws:iam::123456789012:policy/test";
    expect(statement(deployer, "RolesCarryTheBoundary")).toMatchObject({
      Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      NotResource: ["arn:aws:iam::*:role/landfall/people/*", "arn:aws:iam::*:role/test-sentinel-*"],
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": `${boundary}-workload-boundary` } },
    });
    expect(statement(deployer, "PeopleCarryTheirBoundary")).toMatchObject({
      Resource: "arn:aws:iam::*:role/landfall/people/*",
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": `${boundary}-deployer-boundary` } },
    });
  });

  it("lets sentinel's roles, and no others, be made with the repair boundary", () => {
    expect(statement(deployer, "RepairersCarryTheirBoundary")).toMatchObject({
      Action: ["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
      Resource: "arn:aws:iam::*:role/test-sentinel-*",
      Condition: {
        StringNotEquals: {
          "iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/test-repair-boundary",
        },
      },
    });
  });

  it("leaves only GitHub's roles to take others", () => {
    expect(statement(deployer, "TakeNoRole").Condition).toEqual({
      ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/test-github-*" },
    });
  });

  it("leaves the states to be read", () => {
    expect(statement(deployer, "ReadNoData").NotResource).toBe("arn:aws:s3:::test-state-*");
  });

  it.each([
    ["a single account", twoRegionZone()],
    ["an organization", organizationZone()],
  ])("always denies nothing of what the deploy role is allowed, in %s", (_, zone) => {
    const walled = zone.accounts.flatMap((account) => {
      const place = { zone, account };
      const walls = deployerBoundaryStatements(place).filter(
        ({ Effect, Condition }) => Effect === "Deny" && Condition === undefined,
      );
      return servicesIn(account).flatMap(({ changes }) =>
        changes.flatMap(({ actions, on }) => {
          const resources = on?.(place) ?? ["*"];
          const stops = ({ Action, Resource, NotResource }: Statement, action: string): boolean =>
            like(Action, action) &&
            resources.every((resource) =>
              NotResource === undefined ? like(Resource, resource) : !like(NotResource, resource),
            );
          return actions.filter((action) => walls.some((wall) => stops(wall, action)));
        }),
      );
    });
    expect(walled).toEqual([]);
  });
});

describe("the break-glass boundary", () => {
  it("keeps the role itself, and lets it repair the deployers'", () => {
    expect(statement(breakGlass, "BreakGlassIsBootstraps").Resource).toBe(
      "arn:aws:iam::*:role/test-break-glass",
    );
    expect(denials(breakGlass, "iam:PutRolePolicy")).toEqual(["OnlyZoneRoles", "BreakGlassIsBootstraps"]);
  });

  it("lets it make no role that is bounded less than others", () => {
    expect(statement(breakGlass, "RolesCarryABoundary").Condition).toEqual({
      StringNotEquals: {
        "iam:PermissionsBoundary": [
          "arn:aws:iam::123456789012:policy/test-workload-boundary",
          "arn:aws:iam::123456789012:policy/test-deployer-boundary",
        ],
      },
    });
  });

  it("passes none of the platform's roles to a service", () => {
    expect(statement(breakGlass, "PassNoPlatformRole").Resource).toContain("arn:aws:iam::*:role/test-deploy");
  });

  it("lets it delete archived logs in governance mode, never in compliance mode", () => {
    const locked = (lock: "governance" | "compliance") =>
      breakGlassBoundaryStatements(ground(testZone({ retention: { logDays: 30, archiveDays: 365, lock } })));
    expect(denials(locked("governance"), "s3:DeleteObjectVersion")).toEqual([]);
    expect(denials(locked("compliance"), "s3:DeleteObjectVersion")).toContain("KeepArchive");
    expect(denials(locked("compliance"), "s3:DeleteObject")).toContain("KeepLogs");
  });
});

describe("the size of a boundary", () => {
  // The longest name that a zone may have, and the longest names of regions.
  const longest = {
    name: "abcdefghijklmno",
    regions: { home: "ap-northeast-1", recovery: "ap-southeast-7" },
    retention: { logDays: 30, archiveDays: 365, lock: "compliance" },
  } as const;

  it.each([
    ["workload", workloadBoundaryStatements],
    ["repair", repairBoundaryStatements],
    ["deployer", deployerBoundaryStatements],
    ["break-glass", breakGlassBoundaryStatements],
  ])("fits a managed policy for any zone: %s", (_, statements) => {
    for (const zone of [twoRegionZone(longest), organizationZone(longest)]) {
      for (const account of zone.accounts) {
        expect(policyDocument(statements({ zone, account })).length).toBeLessThanOrEqual(
          MANAGED_POLICY_LIMIT,
        );
      }
    }
  });
});
