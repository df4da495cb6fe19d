import { type Conditions } from "@landfall/identity";

/** One statement of a service control policy: a denial for everyone whom the condition does not leave out. */
export type Denial = {
  /** Names what it forbids, e.g. `DenyStoppingTrail`. */
  readonly Sid: string;
  readonly Effect: "Deny";
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
} & ({ readonly Action: string | readonly string[] } | { readonly NotAction: readonly string[] });

/** A service control policy as data. */
export interface ServiceControlPolicy {
  /** e.g. `detection` */
  readonly name: string;
  readonly description: string;
  readonly statements: readonly Denial[];
}

/**
 * The longest that AWS takes, in characters.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const POLICY_LIMIT = 5120;

/** The policy as AWS counts it: without white space. */
export const policyContent = ({ statements }: ServiceControlPolicy): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
