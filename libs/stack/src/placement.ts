import { type Account, type Duty, hasDuty, type Zone, zoneRegions } from "@landfall/core";

/** How often a stack exists in an account: once, in the home region, or in each of the zone's regions. */
export type StackScope = "global" | "regional";

/** In which accounts a stack exists: in every one, or in those with one of the duties. */
export type Placement = "every" | readonly Duty[];

/** Where a stack exists in a zone. */
export interface Place {
  readonly account: Account;
  readonly region: string;
}

const isIn = (account: Account, placement: Placement): boolean =>
  placement === "every" || placement.some((duty) => hasDuty(account, duty));

/**
 * Every place of a stack in a zone, in the order of deployment: by account, home account first, and in each the home
 * region first. Accounts with the duty `first` come before the others, which use what is in them.
 */
export function placesOf(
  zone: Zone,
  {
    scope,
    accounts,
    first,
    only = () => true,
  }: {
    readonly scope: StackScope;
    readonly accounts: Placement;
    readonly first?: Duty;
    readonly only?: (zone: Zone, place: Place) => boolean;
  },
): readonly Place[] {
  const placed = zone.accounts.filter((account) => isIn(account, accounts));
  const isFirst = (account: Account): boolean => first !== undefined && hasDuty(account, first);
  const regions = scope === "global" ? [zone.regions.home] : zoneRegions(zone);
  return [...placed.filter(isFirst), ...placed.filter((account) => !isFirst(account))]
    .flatMap((account) => regions.map((region) => ({ account, region })))
    .filter((place) => only(zone, place));
}

/**
 * Where a stack that is at `from` finds another stack: in its own account and region where that one is there, else in
 * the first account that has it, and at home.
 *
 * @returns `undefined` where the zone has no such stack
 */
export function nearestPlace(
  zone: Zone,
  from: Place,
  wanted: { readonly scope: StackScope; readonly accounts: Placement },
): Place | undefined {
  const account = isIn(from.account, wanted.accounts)
    ? from.account
    : zone.accounts.find((each) => isIn(each, wanted.accounts));
  if (account === undefined) return undefined;
  // A global stack publishes its values in each of the zone's regions.
  return { account, region: from.region };
}
