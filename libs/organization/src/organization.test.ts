import { type Zone } from "@landfall/core";
import { type Attributes, organizationZone, synthStack } from "@landfall/testing";
import { Organization } from "./organization";

const stackOf = (zone: Zone = organizationZone()) =>
  synthStack((stack) => void new Organization(stack, "Organization"), {
    zone,
    definition: { name: "organization", scope: "global", accounts: ["management"] },
  });
const accountsOf = (zone?: Zone): Record<string, Attributes> =>
  Object.fromEntries(
    stackOf(zone)
      .resources("aws_organizations_account")
      .map((account) => [String(account.name), account]),
  );

/** Accounts as a zone's file lists them before the organization has made the central ones. */
const PENDING = [
  { name: "security", email: "security@example.com", duties: ["security"] },
  { name: "log-archive", email: "log-archive@example.com", duties: ["log-archive"] },
  { name: "network", email: "network@example.com", duties: ["network"] },
  { name: "workload", email: "workload@example.com", duties: ["workload"] },
] as const;

describe("Organization", () => {
  const stack = stackOf();

  it("has all features and service control policies", () => {
    expect(stack.resource("aws_organizations_organization")).toMatchObject({
      feature_set: "ALL",
      enabled_policy_types: ["SERVICE_CONTROL_POLICY"],
    });
  });

  it("lets the zone's services look into every account, and no service that is off", () => {
    const trusted = (zone: Zone): unknown =>
      stackOf(zone).resource("aws_organizations_organization").aws_service_access_principals;
    const all = ["config", "guardDuty", "securityHub", "inspector", "macie"];
    expect(trusted(organizationZone())).toEqual([
      "access-analyzer.amazonaws.com",
      "agentless.inspector2.amazonaws.com",
      "cloudtrail.amazonaws.com",
      "config-multiaccountsetup.amazonaws.com",
      "config.amazonaws.com",
      "guardduty.amazonaws.com",
      "inspector2.amazonaws.com",
      "macie.amazonaws.com",
      "malware-protection.guardduty.amazonaws.com",
      "securityhub.amazonaws.com",
      "sso.amazonaws.com",
    ]);
    expect(
      trusted(organizationZone({ services: Object.fromEntries(all.map((name) => [name, false])) })),
    ).toEqual(["access-analyzer.amazonaws.com", "cloudtrail.amazonaws.com", "sso.amazonaws.com"]);
  });

  it("puts each account into the unit of its duty, below the root", () => {
    const units = stack.resources("aws_organizations_organizational_unit");
    expect(units.map(({ name }) => name).sort()).toEqual(["infrastructure", "security", "workloads"]);
    const placed = Object.values(accountsOf()).map(({ name, parent_id: parent }) => [
      name,
      /Unit-(\w+?)_/.exec(String(parent))?.[1],
    ]);
    expect(Object.fromEntries(placed)).toEqual({
      "log-archive": "security",
      network: "infrastructure",
      security: "security",
      workload: "workloads",
    });
  });

  it("keeps every account but the management account, which it is in", () => {
    expect(Object.keys(accountsOf())).not.toContain("management");
  });

  it("leaves an account without an e-mail address to others", () => {
    const zone = organizationZone();
    const without = { ...zone, accounts: zone.accounts.map(({ email: _, ...account }) => account) };
    expect(accountsOf(without)).toEqual({});
  });

  it("makes the accounts whose ids nobody knows yet", () => {
    const zone = organizationZone({
      accounts: [
        { name: "management", id: "555555555555", duties: ["management"] },
        ...PENDING.map(({ duties, ...account }) => ({ ...account, duties: [...duties] })),
      ],
    });
    expect(Object.keys(accountsOf(zone)).sort()).toEqual(["log-archive", "network", "security", "workload"]);
  });

  it("never destroys what it keeps, but in a disposable zone", () => {
    const protectedIn = (zone: Zone): unknown[] =>
      ["aws_organizations_organization", "aws_organizations_account"].flatMap((type) =>
        stackOf(zone)
          .resources(type)
          .map(({ lifecycle }) => (lifecycle as { prevent_destroy: boolean }).prevent_destroy),
      );
    expect(new Set(protectedIn(organizationZone()))).toEqual(new Set([true]));
    expect(new Set(protectedIn(organizationZone({ disposable: true })))).toEqual(new Set([false]));
  });

  it("takes an imported account as it is", () => {
    for (const account of Object.values(accountsOf())) {
      expect(account.close_on_deletion).toBe(false);
      expect(account.lifecycle).toMatchObject({
        ignore_changes: ["role_name", "iam_user_access_to_billing"],
      });
    }
  });

  it("gives the id of every account", () => {
    let ids: string[] = [];
    synthStack((each) => (ids = Object.keys(new Organization(each, "Organization").accountIds)), {
      zone: organizationZone(),
    });
    expect(ids.sort()).toEqual(["log-archive", "network", "security", "workload"]);
  });
});
