/**
 * What an account is for. An account may have several duties; in a single-account zone it has all but `management`.
 *
 * - `management` owns the AWS organization: service control policies, accounts, the organization's trail
 * - `log-archive` keeps the logs of all accounts
 * - `security` gets the findings of all accounts
 * - `network` owns the zone's domain
 * - `workload` runs apps
 */
export const DUTIES = ["management", "log-archive", "security", "network", "workload"] as const;

export type Duty = (typeof DUTIES)[number];

/** The duties that exactly one account of a zone has. */
export const SINGLE_DUTIES = ["log-archive", "security", "network"] as const satisfies readonly Duty[];

/** An AWS account of a zone. */
export interface Account {
  /** e.g. `workload`; the only account of a single-account zone is called `main`. */
  readonly name: string;
  /** 12 digits. */
  readonly id: string;
  readonly duties: readonly Duty[];
  /** Whose it is; needed where the organization makes the account. */
  readonly email?: string | undefined;
  /** Its place in the zone's address block: its position in the list, unless it names another. */
  readonly slot: number;
}

/** An account that the organization is to make: its id is not known yet. */
export type PendingAccount = Omit<Account, "id">;

export const hasDuty = (account: Pick<Account, "duties">, duty: Duty): boolean =>
  account.duties.includes(duty);
