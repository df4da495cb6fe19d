import { type Zone } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { type Attributes, organizationZone, synthApp, type SynthesizedStack } from "@landfall/testing";
import { OrganizationSecurity } from "./organization-security";

const SECURITY = "222222222222";
const OTHERS = ["111111111111", "333333333333", "444444444444", "555555555555"];

const stackIn = (region: string, zone: Zone = organizationZone()): SynthesizedStack => {
  const stack = synthApp({
    zone,
    definitions: [
      {
        name: "sample",
        scope: "regional",
        accounts: ["security"],
        build: (scope, props) =>
          void new OrganizationSecurity(new ZoneStack(scope, props), "Security", { rootId: "r-abcd" }),
      },
    ],
  })[`test-sample-security-${region}`];
  if (!stack) throw new Error(`nothing in ${region}`);
  return stack;
};

const home = stackIn("eu-west-1");
const recovery = stackIn("eu-central-1");

const MANAGEMENT = "aws.management";
const byManagement = (resources: readonly Attributes[]): readonly Attributes[] =>
  resources.filter(({ provider }) => String(provider).startsWith(MANAGEMENT));
const waitsFor = (resource: Attributes, type: string): boolean =>
  (resource.depends_on as readonly string[] | undefined)?.some((each) => each.startsWith(`${type}.`)) ??
  false;

describe("GuardDuty of an organization", () => {
  it.each([
    ["home", home],
    ["recovery", recovery],
  ])("is in every account, of tomorrow too, with every plan, in the %s region", (_, stack) => {
    expect(stack.resource("aws_guardduty_organization_configuration")).toMatchObject({
      auto_enable_organization_members: "ALL",
    });
    const plans = stack.resources("aws_guardduty_organization_configuration_feature");
    expect(plans.map(({ name, auto_enable: on }) => `${String(name)} ${String(on)}`).sort()).toEqual([
      "EBS_MALWARE_PROTECTION ALL",
      "EKS_AUDIT_LOGS ALL",
      "LAMBDA_NETWORK_LOGS ALL",
      "RDS_LOGIN_EVENTS ALL",
      "RUNTIME_MONITORING ALL",
      "S3_DATA_EVENTS ALL",
    ]);
    const runtime = plans.find(({ name }) => name === "RUNTIME_MONITORING");
    expect(runtime?.additional_configuration).toHaveLength(3);
  });

  it("has detectors of its own and of the management account before it is handed over", () => {
    const detectors = home.resources("aws_guardduty_detector");
    expect(detectors).toHaveLength(2);
    expect(byManagement(detectors)).toHaveLength(1);
    const administrator = home.resource("aws_guardduty_organization_admin_account");
    expect(administrator).toMatchObject({ admin_account_id: SECURITY, provider: MANAGEMENT });
    expect(administrator.depends_on).toHaveLength(2);
    expect(waitsFor(administrator, "aws_guardduty_detector")).toBe(true);
    const configuration = home.resource("aws_guardduty_organization_configuration");
    expect(waitsFor(configuration, "aws_guardduty_organization_admin_account")).toBe(true);
  });
});

describe("Security Hub of an organization", () => {
  it("has the FSBP standard on the root, by one policy that switches off no control", () => {
    expect(home.resource("aws_securityhub_configuration_policy").configuration_policy).toEqual({
      service_enabled: true,
      enabled_standard_arns: [
        "arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0",
      ],
      security_controls_configuration: { disabled_control_identifiers: [] },
    });
    expect(home.resource("aws_securityhub_configuration_policy_association").target_id).toBe("r-abcd");
    expect(home.resource("aws_securityhub_organization_configuration")).toMatchObject({
      auto_enable: false,
      auto_enable_standards: "NONE",
      organization_configuration: { configuration_type: "CENTRAL" },
    });
  });

  it("is configured once: hubs, then the hand-over, then the link, then the policy", () => {
    const hubs = home.resources("aws_securityhub_account");
    expect(
      byManagement(hubs)
        .map(({ provider }) => provider)
        .sort(),
    ).toEqual([MANAGEMENT, `${MANAGEMENT}-eu-central-1`]);
    const administrator = home.resource("aws_securityhub_organization_admin_account");
    expect(administrator.depends_on).toHaveLength(hubs.length);
    const aggregator = home.resource("aws_securityhub_finding_aggregator");
    expect(aggregator.specified_regions).toEqual(["eu-central-1"]);
    expect(waitsFor(aggregator, "aws_securityhub_organization_admin_account")).toBe(true);
    const configuration = home.resource("aws_securityhub_organization_configuration");
    expect(waitsFor(configuration, "aws_securityhub_finding_aggregator")).toBe(true);
    const policy = home.resource("aws_securityhub_configuration_policy");
    expect(waitsFor(policy, "aws_securityhub_organization_configuration")).toBe(true);
  });

  it("needs nothing in the recovery region", () => {
    const types = Object.keys(recovery.json.resource ?? {});
    expect(types.filter((type) => type.startsWith("aws_securityhub"))).toEqual([]);
  });
});

describe("Inspector of an organization", () => {
  it("enrols every other account and then switches it on there", () => {
    const members = home.resources("aws_inspector2_member_association");
    expect(members.map(({ account_id: id }) => id).sort()).toEqual(OTHERS);
    expect(members.every((member) => waitsFor(member, "aws_inspector2_delegated_admin_account"))).toBe(true);
    const enablers = home.resources("aws_inspector2_enabler");
    const ids = enablers.map(({ account_ids: accounts }) => [...(accounts as string[])].sort());
    expect(ids.sort()).toEqual([OTHERS, [SECURITY]]);
    const others = enablers.find(({ account_ids: accounts }) => (accounts as string[]).length > 1);
    expect(others?.depends_on).toHaveLength(OTHERS.length);
  });
});

describe("Macie of an organization", () => {
  it("enrols every other account by the address that the organization knows", () => {
    const members = home.resources("aws_macie2_member");
    expect(members.map(({ account_id: id }) => id).sort()).toEqual(OTHERS);
    for (const { account_id: id, email, lifecycle } of members) {
      expect(email).toContain(`if account.id == "${String(id)}"`);
      expect(lifecycle).toEqual({ ignore_changes: ["email"] });
    }
    expect(byManagement(home.dataSources("aws_organizations_organization"))).toHaveLength(1);
  });

  it("is on here and in the management account before it is handed over", () => {
    const accounts = home.resources("aws_macie2_account");
    expect(accounts).toHaveLength(2);
    expect(byManagement(accounts)).toHaveLength(1);
    expect(home.resource("aws_macie2_organization_admin_account").depends_on).toHaveLength(2);
  });
});

describe("OrganizationSecurity", () => {
  it.each([
    ["guardDuty", "aws_guardduty"],
    ["securityHub", "aws_securityhub"],
    ["inspector", "aws_inspector2"],
    ["macie", "aws_macie2"],
  ])("leaves %s out where the zone has it off", (service, prefix) => {
    const services = { guardDuty: true, securityHub: true, inspector: true, macie: true, [service]: false };
    const types = Object.keys(stackIn("eu-west-1", organizationZone({ services })).json.resource ?? {});
    expect(types.filter((type) => type.startsWith(prefix))).toEqual([]);
    expect(types).not.toEqual([]);
  });
});
