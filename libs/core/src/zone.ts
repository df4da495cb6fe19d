import { type z } from "zod";
import { type Account, type Duty, hasDuty, type PendingAccount, SINGLE_DUTIES } from "./accounts";
import { subBlock } from "./cidr";
import { LandfallError, type Problem } from "./errors";
import { at } from "./input";
import { type InterfaceEndpoint, PRODUCTION_ENDPOINTS } from "./interface-endpoints";
import { nearest } from "./nearest";
import { servicesOf, type ServiceName } from "./services";
import { crossProblems } from "./zone-problems";
import { knownKeys, schema } from "./zone-schema";

/** What a zone file writes: see {@link Zone} for the meaning of each value; those with a default may be left out. */
export type ZoneInput = z.input<typeof schema>;

type Parsed = z.output<typeof schema>;

/**
 * One landing zone as data, validated.
 *
 * - `name` prefixes every name in the zone
 * - `accounts` its AWS accounts with a known id, the home account first: that one holds the Terraform states and the
 *   pipeline. A file may write `account: "123456789012"` for a single one
 * - `pendingAccounts` accounts that the organization is still to make, and until the central ones are made, all but the
 *   management account
 * - `owner` the team that answers for it (default `platform`)
 * - `production` it has all that the FSBP controls ask for, at its price (default false)
 * - `emulated` it runs on the embedded emulator, never on AWS (default false)
 * - `disposable` its data may be destroyed with it: no deletion protection, buckets are emptied (default false)
 * - `regions` `home` holds the global stacks; `recovery`, when given, gets every regional stack too
 * - `network.block` the IPv4 block that the VPCs are cut from, `vpcPrefix` the size of each (default 18), see
 *   {@link vpcBlock}; `reserved` blocks used elsewhere (default none); `availabilityZones` letters (default a and b);
 *   `interfaceEndpoints` services reachable without internet (default events and sqs), see {@link interfaceEndpoints};
 *   `publicSubnets` for internet-facing load balancers (default false); `egress` none, nat or firewall (default none);
 *   `allowedDomains` what the firewall lets through
 * - `domain` the DNS name of the zone
 * - `dns.delegated` whether the domain's parent points to the zone, so that certificates can be issued (default false);
 *   `certificateNames` names that each region's certificate covers (default the domain and all below it)
 * - `identity.github` the repository and branch whose workflows may plan and deploy (default none);
 *   `identity.pipeline` the zone and home account whose pipeline delivers this zone (default its own, where it has one)
 * - `delivery` the pipeline that the home account has (default none): `source` a CodeConnections connection and
 *   `owner/name`, or a CodeCommit repository, and a branch (default main); `before` the zones that it delivers before
 *   this one, each with its accounts and regions, home first; `approvers` who is asked by e-mail (default the security contact);
 *   `watchMinutes` how long alarms are watched after a deploy (default 15); `driftSchedule` when drift is looked for, in
 *   UTC (default 05:00 each day); `pullRequestActors` ids of the GitHub accounts whose pull requests are planned (default
 *   none); `vpc` whether builds run in the home account's network (default false); `signing` whether functions of this
 *   zone take signed code alone (default false; never in an emulated zone, where nothing signs)
 * - `services` see SERVICES
 * - `retention` days: `logDays` for log groups, `archiveDays` for the log archive; `lock` how it is locked: in governance
 *   mode a break-glass role can still delete, in compliance mode nobody can (default governance)
 * - `contacts.security` gets the zone's security notices
 * - `tags` more tags for every resource (default none)
 */
export type Zone = Readonly<
  Omit<Parsed, "account" | "accounts" | "services"> & {
    readonly accounts: readonly Account[];
    readonly pendingAccounts: readonly PendingAccount[];
    readonly services: Readonly<Record<ServiceName, boolean>>;
  }
>;

function schemaProblems(input: unknown): { parsed?: Parsed; problems: Problem[] } {
  const result = schema.safeParse(input);
  if (result.success) return { parsed: result.data, problems: [] };
  return {
    problems: result.error.issues.flatMap((issue): Problem[] => {
      if (issue.code !== "unrecognized_keys") {
        return [{ path: issue.path.join("."), given: at(input, issue.path), allowed: issue.message }];
      }
      const known = knownKeys(issue.path);
      return issue.keys.map((key) => {
        const guess = nearest(key, known);
        return {
          path: [...issue.path, key].join("."),
          given: at(input, [...issue.path, key]),
          allowed: `left out: it is not a key here (${guess ? `did you mean '${guess}'?` : `known: ${known.join(", ")}`})`,
        };
      });
    }),
  };
}

/**
 * Validates a zone and fills in its defaults.
 *
 * @throws LandfallError naming every problem at once: its path, the value given and what is allowed
 */
export function defineZone(input: ZoneInput): Zone {
  const { parsed, problems } = schemaProblems(input);
  const all = [...problems, ...crossProblems(input)];
  if (parsed && all.length === 0) return complete(parsed);
  const name = at(input, ["name"]);
  throw new LandfallError(
    `Zone ${typeof name === "string" ? `'${name}'` : "without a name"} has ${all.length} problem${all.length === 1 ? "" : "s"}:`,
    all,
  );
}

function complete({ account, accounts: listed, services, ...rest }: Parsed): Zone {
  const single: NonNullable<Parsed["accounts"]> = [
    { name: "main", id: account, duties: ["log-archive", "security", "network", "workload"] },
  ];
  const all = (listed ?? single).map((each, index) => ({ ...each, slot: each.slot ?? index }));
  const known = all.filter((each): each is typeof each & { id: string } => each.id !== undefined);
  // Nothing can be addressed to an account whose id is not known: until the central ones are, there is the organization alone.
  const founded = SINGLE_DUTIES.every((duty) => known.some((each) => hasDuty(each, duty)));
  return {
    ...rest,
    accounts: founded ? known : known.filter((each) => hasDuty(each, "management")),
    pendingAccounts: all
      .filter((each) => each.id === undefined || !(founded || hasDuty(each, "management")))
      .map(({ id: _, ...pending }) => pending),
    services: servicesOf(services, rest.production),
  };
}

/** A zone as a pipeline needs to know it. */
export type DeliveryTarget = NonNullable<Parsed["delivery"]>["before"][number];

/** What a pipeline must know of a zone that it delivers: its name, its accounts and its regions, home first in both. */
export const deliveryTarget = (zone: Zone): DeliveryTarget => ({
  zone: zone.name,
  accounts: zone.accounts.map(({ id }) => id),
  regions: [zone.regions.home, ...(zone.regions.recovery ? [zone.regions.recovery] : [])],
});

/** The zones that a zone's pipeline delivers, in their order: itself comes last. None where it has no pipeline. */
export const deliveryTargets = (zone: Zone): readonly DeliveryTarget[] =>
  zone.delivery ? [...zone.delivery.before, deliveryTarget(zone)] : [];

/** Whether the functions of a zone take signed code alone: where its pipeline signs. */
export const signsFunctions = (zone: Zone): boolean => zone.delivery?.signing === true && !zone.emulated;

/** The regions of a zone, home first. */
export const zoneRegions = (zone: Zone): readonly string[] =>
  zone.regions.recovery ? [zone.regions.home, zone.regions.recovery] : [zone.regions.home];

/** Whether the zone is an AWS organization of several accounts. */
export const isOrganization = (zone: Zone): boolean =>
  zone.accounts.some((account) => hasDuty(account, "management"));

/** The account that holds the Terraform states and the pipeline: the first of the zone. */
export function homeAccount(zone: Zone): Account {
  const [home] = zone.accounts;
  if (!home) throw new Error(`zone '${zone.name}' has no account`);
  return home;
}

/** The first account with a duty. @throws Error when no account has it */
export function accountWith(zone: Zone, duty: Duty): Account {
  const found = zone.accounts.find((account) => hasDuty(account, duty));
  if (!found) throw new Error(`zone '${zone.name}' has no account for ${duty}`);
  return found;
}

/**
 * The IPv4 block of the VPC of an account and region. Each account has two places in the zone's block by its slot,
 * for the home and the recovery region, so that a new account or region moves no other VPC.
 */
export function vpcBlock(zone: Zone, account: Account, region: string): string {
  const { block, vpcPrefix } = zone.network;
  return subBlock(block, vpcPrefix, vpcIndex(account.slot, region === zone.regions.home));
}

/** The place of a VPC in its zone's block. */
export const vpcIndex = (slot: number, home: boolean): number => slot * 2 + (home ? 0 : 1);

/** The services with an interface endpoint in every VPC: the zone's own, and in production those that FSBP asks for. */
export const interfaceEndpoints = ({ network, production }: Zone): readonly InterfaceEndpoint[] =>
  [...new Set([...(production ? PRODUCTION_ENDPOINTS : []), ...network.interfaceEndpoints])].sort();
