import { type Account, hasDuty, isOrganization, type Zone } from "@landfall/core";

/** The role that AWS Organizations puts into each account that it makes, for administrators of the management account. */
const ORGANIZATION_ROLE = "OrganizationAccountAccessRole";

/**
 * The role that an administrator assumes in an account: none in a single-account zone, where the administrator is, or in
 * the management account of an organization, from where every other account is reached.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
 */
export const administratorRole = (zone: Zone, account: Account): string | undefined =>
  !isOrganization(zone) || hasDuty(account, "management")
    ? undefined
    : `arn:aws:iam::${account.id}:role/${ORGANIZATION_ROLE}`;
