import { type Account, type Duty, homeAccount, type Zone } from "@landfall/core";
import { type Construct } from "constructs";
import { type Contract } from "./contract";
import { type Place, type Placement, placesOf, type StackScope } from "./placement";

/** What every stack is built from. */
export interface StackProps extends Place {
  readonly zone: Zone;
  readonly definition: StackDefinition;
}

/** A stack as its file exports it. */
export interface StackDefinition {
  /** The folder's name, e.g. `network`. */
  readonly name: string;
  readonly scope: StackScope;
  /** In which accounts it is. */
  readonly accounts: Placement;
  /** In which of those places it is. @default in all of them */
  readonly only?: (zone: Zone, place: Place) => boolean;
  /** The duty of the account that is deployed before the others, because they use what is in it. @default none */
  readonly first?: Duty;
  /**
   * Whose credentials deploy it: the zone's deploy role, or an administrator's, for what the deploy role must not touch.
   * @default "deployer"
   */
  readonly appliedBy?: "deployer" | "administrator";
  /** What it promises to other stacks; a stack that promises nothing has none. */
  readonly contract?: Contract;
  /** Builds one instance in an app. */
  readonly build: (scope: Construct, props: StackProps) => unknown;
}

/** One Terraform state: a stack in one zone, one account and, if it is regional, one region. */
export interface StackInstance {
  /** e.g. `sandbox-network-eu-west-1`, or `sandbox-identity` for a global stack. */
  readonly name: string;
  readonly stack: string;
  /** The account's name, e.g. `main`. */
  readonly account: string;
  readonly accountId: string;
  readonly region: string;
  readonly appliedBy: "deployer" | "administrator";
}

/** @throws Error when the contract belongs to another stack, another scope or other accounts */
export function defineStack(definition: StackDefinition): StackDefinition {
  const { name, scope, accounts, contract } = definition;
  const place = (of: { scope: StackScope; accounts: Placement }) => `${of.scope}, ${String(of.accounts)}`;
  if (contract && (contract.stack !== name || place(contract) !== place(definition))) {
    throw new Error(
      `stack '${name}' (${place({ scope, accounts })}) must own its contract, got that of '${contract.stack}' (${place(contract)})`,
    );
  }
  return definition;
}

/**
 * The name of an instance, which is also that of its state. The home account is left out, so that a zone's first
 * states keep their names when it gets more accounts.
 */
export const instanceName = (
  zone: Zone,
  definition: Pick<StackDefinition, "name" | "scope">,
  account: Account,
  region: string,
): string =>
  [
    zone.name,
    definition.name,
    ...(account.id === homeAccount(zone).id ? [] : [account.name]),
    ...(definition.scope === "global" ? [] : [region]),
  ].join("-");

/** The instances of a stack in a zone, in the order of deployment; none where no account has the duty. */
export const instancesOf = (zone: Zone, definition: StackDefinition): readonly StackInstance[] =>
  placesOf(zone, definition).map(({ account, region }) => ({
    name: instanceName(zone, definition, account, region),
    stack: definition.name,
    account: account.name,
    accountId: account.id,
    region,
    appliedBy: definition.appliedBy ?? "deployer",
  }));
