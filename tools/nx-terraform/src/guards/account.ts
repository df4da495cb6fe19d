import { hasDuty, LandfallError } from "@landfall/core";

import type { Instance, ZoneData } from "../workspace";
import type { IdentifyCaller } from "./caller";

/**
 * The account whose credentials a stack is run with: the home account, whose principals the zone's roles trust. What an
 * administrator applies is run from the management account, where there is one.
 */
function entryAccount({ accounts }: ZoneData, appliedBy: Instance["appliedBy"]) {
  const management =
    appliedBy === "administrator" ? accounts.find((account) => hasDuty(account, "management")) : undefined;
  return management ?? accounts[0];
}

/** The account of the pipeline that delivers the zone, whose roles the zone's trust too. */
const pipelineAccount = ({ identity }: ZoneData, appliedBy: Instance["appliedBy"]) =>
  appliedBy === "deployer" ? identity?.pipeline?.account : undefined;

/**
 * What is wrong with the caller's credentials.
 *
 * @returns one line for the user, or `undefined` when they are those of the account that the zone is run from
 */
export async function accountProblem(
  zone: ZoneData,
  appliedBy: Instance["appliedBy"],
  identify: IdentifyCaller,
): Promise<string | undefined> {
  const entry = entryAccount(zone, appliedBy);
  if (entry === undefined) return undefined;
  try {
    const { accountId, arn } = await identify(zone.regions.home);
    if (accountId === entry.id || accountId === pipelineAccount(zone, appliedBy)) return undefined;
    return `wrong account for zone ${zone.name}: it is run from account ${entry.id} (${entry.name}), and these credentials are of ${accountId} (${arn}): sign in to ${entry.id}, or set AWS_PROFILE`;
  } catch (error) {
    if (error instanceof LandfallError) return `zone ${zone.name}: ${error.message}`;
    throw error;
  }
}
