import { type Account, accountWith, hasDuty, type Zone } from "@landfall/core";
import { type Constraint } from "@landfall/stack";

/**
 * The domain of an account: the zone's own in the account with the duty network, `<account>.<domain>` in every other.
 *
 * @example accountDomain(zone, workload) // "workload.example.com"
 */
export const accountDomain = (zone: Zone, account: Account): string =>
  account.id === accountWith(zone, "network").id ? zone.domain : `${account.name}.${zone.domain}`;

/** Whether a name is a domain or below it. */
export const isWithin = (name: string, domain: string): boolean =>
  name === domain || name.endsWith(`.${domain}`);

/**
 * The account whose hosted zone answers for a name: of those that have one, the one with the longest domain that the
 * name is within.
 *
 * @returns `undefined` for a name outside of the zone's domain
 */
export const answeringAccount = (zone: Zone, name: string): Account | undefined =>
  zone.accounts
    .filter((account) => hasDuty(account, "network") || hasDuty(account, "workload"))
    .filter((account) => isWithin(name, accountDomain(zone, account)))
    .sort((a, b) => accountDomain(zone, b).length - accountDomain(zone, a).length)[0];

const LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
const DNS_NAME = new RegExp(`^(?=.{1,253}$)(\\*\\.)?(${LABEL}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`);

/** Whether a text is a lower-case DNS name without a closing dot, perhaps with a leading `*.`. */
export const isDnsName = (name: string): boolean => DNS_NAME.test(name);

/** A constraint on a name of which the account's own hosted zone must be able to answer. */
export function withinDomain(prop: string, name: string, zone: Zone, account: Account): Constraint {
  const domain = accountDomain(zone, account);
  const other = answeringAccount(zone, name);
  const elsewhere = other !== undefined && other.id !== account.id && isWithin(name, domain);
  return {
    prop,
    value: name,
    valid: isDnsName(name) && isWithin(name, domain) && !elsewhere,
    allowed: elsewhere
      ? `a name that account '${account.name}' answers for: this one belongs to account '${other.name}', so write it there`
      : `${domain} or a lower-case name below it, e.g. www.${domain}`,
  };
}
