import { OrganizationsAccount } from "@cdktf/provider-aws/lib/organizations-account";
import { OrganizationsOrganization } from "@cdktf/provider-aws/lib/organizations-organization";
import { OrganizationsOrganizationalUnit } from "@cdktf/provider-aws/lib/organizations-organizational-unit";
import { hasDuty, type PendingAccount, type ServiceName, type Zone } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** What others take of an organization. */
export interface IOrganization {
  readonly rootId: string;
  /** What a policy waits for. */
  readonly resource: ITerraformDependable;
  /** What waits for an account waits for all of them. */
  readonly accounts: readonly ITerraformDependable[];
}

/** The units, each with the duties of the accounts in it; an account goes into the first that has one of its duties. */
const UNITS = {
  security: ["log-archive", "security"],
  infrastructure: ["network"],
  workloads: ["workload"],
} as const;

type Unit = keyof typeof UNITS;
const UNIT_NAMES = Object.keys(UNITS) as Unit[];

/**
 * The services that may look into every account, by the switch that needs them.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html
 */
const ALWAYS_TRUSTED = ["access-analyzer.amazonaws.com", "cloudtrail.amazonaws.com", "sso.amazonaws.com"];
const TRUSTED: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {
  config: ["config-multiaccountsetup.amazonaws.com", "config.amazonaws.com"],
  guardDuty: ["guardduty.amazonaws.com", "malware-protection.guardduty.amazonaws.com"],
  inspector: ["agentless.inspector2.amazonaws.com", "inspector2.amazonaws.com"],
  macie: ["macie.amazonaws.com"],
  securityHub: ["securityhub.amazonaws.com"],
};

const trustedServices = ({ services }: Zone): string[] =>
  [
    ...ALWAYS_TRUSTED,
    ...Object.entries(TRUSTED).flatMap(([name, principals]) =>
      services[name as ServiceName] ? [...principals] : [],
    ),
  ].sort();

/**
 * The zone's organization: its units, and an account for each that the zone's data gives an e-mail address. The
 * management account is the one that this is deployed in.
 *
 * Nothing here is ever destroyed, but in a disposable zone: an account that leaves an organization keeps running, unseen.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html
 */
export class Organization extends Construct implements IOrganization {
  readonly organizationId: string;
  readonly rootId: string;
  /** Name → id of every account that is kept here, those that were just made included. */
  readonly accountIds: Readonly<Record<string, string>>;
  readonly resource: ITerraformDependable;
  readonly accounts: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { zone } = ZoneStack.of(this);
    const lifecycle = { preventDestroy: !zone.disposable };
    const organization = new OrganizationsOrganization(this, "Resource", {
      featureSet: "ALL",
      awsServiceAccessPrincipals: trustedServices(zone),
      enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
      lifecycle,
    });
    this.organizationId = organization.id;
    this.rootId = organization.roots.get(0).id;

    const units = new Map(
      UNIT_NAMES.map((name) => [
        name,
        new OrganizationsOrganizationalUnit(this, `Unit-${name}`, { name, parentId: this.rootId }).id,
      ]),
    );
    const accounts = keptAccounts(zone).map(({ name, email, unit }) => ({
      name,
      resource: new OrganizationsAccount(this, `Account-${name}`, {
        name,
        email,
        parentId: units.get(unit) ?? this.rootId,
        closeOnDeletion: false,
        lifecycle: {
          ...lifecycle,
          // Known only to the request that makes an account, so that an imported one has neither.
          ignoreChanges: ["role_name", "iam_user_access_to_billing"],
        },
      }),
    }));
    this.accountIds = Object.fromEntries(accounts.map(({ name, resource }) => [name, resource.id]));
    this.resource = organization;
    this.accounts = accounts.map(({ resource }) => resource);
  }
}

/** The accounts that this stack makes or keeps: those with an e-mail address, but for the management account itself. */
function keptAccounts(zone: Zone): { name: string; email: string; unit: Unit }[] {
  const all: readonly PendingAccount[] = [...zone.accounts, ...zone.pendingAccounts];
  return all.flatMap((account) => {
    const unit = UNIT_NAMES.find((name) => UNITS[name].some((duty) => hasDuty(account, duty)));
    // Management is the only duty without a unit.
    if (unit === undefined || account.email === undefined) return [];
    return [{ name: account.name, email: account.email, unit }];
  });
}
