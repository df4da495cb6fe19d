import { type Zone } from "@landfall/core";
import { type Attributes, organizationZone, statementsOf, synthStack, testZone } from "@landfall/testing";
import { Organization } from "./organization";
import { type Denial, POLICY_LIMIT, policyContent } from "./policies";
import { ServiceControlPolicies, serviceControlPolicies } from "./service-control-policies";

const zone = organizationZone();
const policies = (of: Zone = zone) => {
  const { root, logArchive } = serviceControlPolicies(of);
  return [...root, ...logArchive];
};
const statements = (of?: Zone): Record<string, Denial> =>
  Object.fromEntries(policies(of).flatMap((policy) => policy.statements.map((each) => [each.Sid, each])));
const statement = (sid: string, of?: Zone): Denial => {
  const found = statements(of)[sid];
  if (!found) throw new Error(`no statement ${sid}`);
  return found;
};
const listOf = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : [String(value)]);
const actionsOf = (denial: Denial): string[] =>
  "Action" in denial ? listOf(denial.Action) : [...denial.NotAction];
const spared = ({ Condition }: Denial): string[] =>
  listOf(Condition?.ArnNotLike?.["aws:PrincipalArn"] ?? []).map((arn) =>
    arn.replace("arn:aws:iam::*:role/", ""),
  );

const ADMINISTRATOR = "OrganizationAccountAccessRole";
const EMERGENCIES = [ADMINISTRATOR, "test-break-glass"];
const DEPLOYMENTS = [...EMERGENCIES, "test-deploy"];

const stackOf = (logArchiveAccountId?: string) =>
  synthStack(
    (stack) => {
      const organization = new Organization(stack, "Organization");
      new ServiceControlPolicies(stack, "Policies", {
        organization,
        ...(logArchiveAccountId === undefined ? {} : { logArchiveAccountId }),
      });
    },
    { zone, definition: { name: "organization", scope: "global", accounts: ["management"] } },
  );

describe("service control policies", () => {
  // The longest name that a zone can have.
  const longest = organizationZone({ name: "z".repeat(15) });

  it.each(policies(longest).map((policy) => [policy.name, policy] as const))(
    "%s is no longer than AWS takes",
    (_, policy) => {
      expect(policyContent(policy).length).toBeLessThanOrEqual(POLICY_LIMIT);
    },
  );

  it("are at most five on a target, FullAWSAccess included", () => {
    const { root, logArchive } = serviceControlPolicies(zone);
    expect(root.length + 1).toBeLessThanOrEqual(5);
    expect(logArchive.length + 1).toBeLessThanOrEqual(5);
  });

  it("name each statement once, by what it denies", () => {
    const sids = policies().flatMap((policy) => policy.statements.map(({ Sid }) => Sid));
    expect(new Set(sids).size).toBe(sids.length);
    expect(sids.filter((sid) => !/^Deny[A-Z][A-Za-z]+$/.test(sid))).toEqual([]);
  });

  it("only deny", () => {
    expect(Object.values(statements()).filter(({ Effect }) => String(Effect) !== "Deny")).toEqual([]);
  });

  // What a plan reads must stay readable: the plan role is spared by none of them.
  it("deny no reading", () => {
    const reading = /:(\*|[*]?(Get|List|Describe|BatchGet|Lookup)\w*|\*\w+\*?)$/;
    const denied = Object.values(statements())
      .filter((each) => "Action" in each && each.Sid !== "DenyRootUser")
      .flatMap(actionsOf);
    expect(denied.filter((action) => reading.test(action))).toEqual([]);
  });

  it.each([
    ["DenyLeavingOrganization", "organizations:LeaveOrganization", []],
    ["DenyRootUser", "*", []],
    ["DenyStoppingTrail", "cloudtrail:StopLogging", [ADMINISTRATOR]],
    ["DenyStoppingTrail", "cloudtrail:DeleteTrail", [ADMINISTRATOR]],
    ["DenyStoppingConfig", "config:StopConfigurationRecorder", [ADMINISTRATOR]],
    ["DenyStoppingGuardDuty", "guardduty:DeleteDetector", [ADMINISTRATOR]],
    ["DenyStoppingSecurityHub", "securityhub:DisableSecurityHub", [ADMINISTRATOR]],
    ["DenyStoppingMacie", "macie2:DisableMacie", [ADMINISTRATOR]],
    ["DenyStoppingInspector", "inspector2:Disable", [ADMINISTRATOR]],
    ["DenyStoppingAccessAnalyzer", "access-analyzer:DeleteAnalyzer", [ADMINISTRATOR]],
    ["DenyChangingDetection", "cloudtrail:UpdateTrail", DEPLOYMENTS],
    ["DenyChangingDetection", "config:PutConfigurationRecorder", DEPLOYMENTS],
    ["DenyShorteningLogGroups", "logs:PutRetentionPolicy", DEPLOYMENTS],
    ["DenyRoleWithoutBoundary", "iam:CreateRole", [ADMINISTRATOR]],
    ["DenyRemovingBoundary", "iam:DeleteRolePermissionsBoundary", [ADMINISTRATOR]],
    ["DenyChangingBoundaries", "iam:CreatePolicyVersion", [ADMINISTRATOR]],
    ["DenyChangingDeployers", "iam:PutRolePolicy", EMERGENCIES],
    ["DenyChangingLastResorts", "iam:UpdateAssumeRolePolicy", [ADMINISTRATOR]],
    ["DenyOpeningBuckets", "s3:PutAccountPublicAccessBlock", DEPLOYMENTS],
    ["DenyPublicAcls", "s3:PutBucketAcl", []],
    ["DenyUnencryptedVolumes", "ec2:RunInstances", []],
    ["DenyUnencryptedDatabases", "rds:CreateDBInstance", []],
    ["DenyUnencryptedDatabaseClusters", "rds:CreateDBCluster", []],
    ["DenyUnencryptedFileSystems", "elasticfilesystem:CreateFileSystem", []],
    ["DenySharingSnapshots", "ec2:ModifySnapshotAttribute", [ADMINISTRATOR]],
    ["DenyLooseningAccountGuards", "ec2:DisableEbsEncryptionByDefault", DEPLOYMENTS],
    ["DenyEndingKeys", "kms:ScheduleKeyDeletion", [ADMINISTRATOR]],
    ["DenyDeletingArchivedLogs", "s3:DeleteObjectVersion", EMERGENCIES],
    ["DenyDeletingArchives", "s3:DeleteBucket", [ADMINISTRATOR]],
    ["DenyShorteningArchives", "s3:PutLifecycleConfiguration", DEPLOYMENTS],
  ])("%s denies %s to everyone but %j", (sid, action, but) => {
    expect(actionsOf(statement(sid))).toContain(action);
    expect(spared(statement(sid))).toEqual(but);
  });

  it("take the root user by its ARN, of any account", () => {
    expect(statement("DenyRootUser").Condition).toEqual({
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" },
    });
  });

  it("let a role come about with a boundary of workloads or deployers alone", () => {
    expect(statement("DenyRoleWithoutBoundary").Condition?.ArnNotLike?.["iam:PermissionsBoundary"]).toEqual([
      "arn:aws:iam::*:policy/test-workload-boundary",
      "arn:aws:iam::*:policy/test-deployer-boundary",
    ]);
    expect(statement("DenyChangingBoundaries").Resource).toContain(
      "arn:aws:iam::*:policy/test-break-glass-boundary",
    );
  });

  it("keep everyone whom they spare from being made or changed", () => {
    const guarded = ["DenyChangingDeployers", "DenyChangingLastResorts"].flatMap((sid) =>
      listOf(statement(sid).Resource).map((arn) => arn.replace("arn:aws:iam::*:role/", "")),
    );
    expect(guarded).toEqual(expect.arrayContaining(Object.values(statements()).flatMap(spared)));
  });

  it("deny unencrypted storage by what the request says", () => {
    expect(statement("DenyUnencryptedVolumes").Condition).toEqual({ Bool: { "ec2:Encrypted": "false" } });
    // Elsewhere than on the volume of a launch the key is not there.
    expect(statement("DenyUnencryptedVolumes").Resource).toBe("arn:aws:ec2:*:*:volume/*");
    expect(statement("DenyUnencryptedDatabases").Condition).toEqual({
      Bool: { "rds:StorageEncrypted": "false" },
      StringNotLike: { "rds:DatabaseEngine": "aurora*" },
    });
    expect(statement("DenyUnencryptedFileSystems").Condition).toEqual({
      Bool: { "elasticfilesystem:Encrypted": "false" },
    });
  });

  it("keep the archive by the names of its buckets, so that states can be locked and unlocked", () => {
    expect(statement("DenyDeletingArchivedLogs").Resource).toBe("arn:aws:s3:::test-logging-*/*");
  });

  describe("on regions", () => {
    it("deny all but the zone's, and all but global things in us-east-1", () => {
      const outside = statement("DenyRegionsOutsideZone");
      expect(outside.Condition?.StringNotEquals).toEqual({
        "aws:RequestedRegion": ["eu-west-1", "eu-central-1", "us-east-1"],
      });
      const global = statement("DenyGlobalRegionButForGlobalThings");
      expect(global.Condition?.StringEquals).toEqual({ "aws:RequestedRegion": ["us-east-1"] });
      expect(actionsOf(global)).toEqual(expect.arrayContaining(["iam:*", "kms:*", "acm:*", "logs:*"]));
      expect(actionsOf(outside)).not.toContain("kms:*");
      for (const service of ["ec2:*", "lambda:*", "rds:*", "s3:*"]) {
        expect(actionsOf(global)).not.toContain(service);
      }
    });

    it("leave us-east-1 open where it is one of the zone's", () => {
      const home = organizationZone({ regions: { home: "us-east-1", recovery: "us-west-2" } });
      expect(Object.keys(statements(home))).not.toContain("DenyGlobalRegionButForGlobalThings");
      expect(statement("DenyRegionsOutsideZone", home).Condition?.StringNotEquals).toEqual({
        "aws:RequestedRegion": ["us-east-1", "us-west-2"],
      });
    });
  });

  it.each([
    ["config", "DenyStoppingConfig", "config:PutConfigurationRecorder"],
    ["guardDuty", "DenyStoppingGuardDuty", "guardduty:Update*"],
    ["securityHub", "DenyStoppingSecurityHub", "securityhub:UpdateSecurityControl"],
    ["inspector", "DenyStoppingInspector", "inspector2:CreateFilter"],
    ["macie", "DenyStoppingMacie", "macie2:UpdateMacieSession"],
  ] as const)("let go of %s where the zone switches it off, so that it can be", (service, sid, action) => {
    const off = testZone({
      services: {
        guardDuty: true,
        inspector: true,
        macie: true,
        securityHub: service !== "config",
        [service]: false,
      },
    });
    expect(Object.keys(statements(off))).not.toContain(sid);
    expect(actionsOf(statement("DenyChangingDetection", off))).not.toContain(action);
    expect(Object.keys(statements())).toContain(sid);
  });
});

describe("ServiceControlPolicies", () => {
  const attachments = (stack: ReturnType<typeof stackOf>): Record<string, string> =>
    Object.fromEntries(
      stack
        .resources("aws_organizations_policy_attachment")
        .map(({ policy_id: policy, target_id: target }) => [
          /Policy-([a-z-]+)_/.exec(String(policy))?.[1] ?? "",
          String(target),
        ]),
    );

  it("puts the zone's policies on the root and the archive's on its account", () => {
    const { "log-archive": archive, ...others } = attachments(stackOf("333333333333"));
    expect(archive).toBe("333333333333");
    expect(Object.keys(others).sort()).toEqual(["data", "detection", "guardrails", "identities"]);
    for (const target of Object.values(others)) expect(target).toMatch(/roots\[0\]\.id\}$/);
  });

  it("puts the archive's nowhere while its account is not known", () => {
    const stack = stackOf();
    expect(Object.keys(attachments(stack))).not.toContain("log-archive");
    expect(stack.resources("aws_organizations_policy")).toHaveLength(5);
  });

  it("writes them as service control policies, as they are", () => {
    const byName = new Map<unknown, Attributes>(
      stackOf()
        .resources("aws_organizations_policy")
        .map((policy) => [policy.name, policy]),
    );
    const written = byName.get("test-organization-identities");
    expect(written?.type).toBe("SERVICE_CONTROL_POLICY");
    expect(Object.keys(statementsOf(written?.content))).toContain("DenyRoleWithoutBoundary");
  });
});
