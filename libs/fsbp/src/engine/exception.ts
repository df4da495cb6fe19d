/** A control that a resource need not meet, for a reason, until a day. */
export interface Exception {
  /** The control's id, e.g. `ELB.18`. */
  readonly control: string;
  readonly reason: string;
  /** The team or person that answers for it. */
  readonly owner: string;
  /** The last day on which it holds: YYYY-MM-DD. Empty for what a zone as a whole does without, as long as it says so. */
  readonly expires: string;
}

/** The key of a resource's comment, or of the metadata in it, below which Terraform JSON keeps its exceptions: `"//": { "exceptions": [ … ] }`. */
export const EXCEPTIONS_KEY = "exceptions";

/** Exceptions may last a year: what holds longer is a decision to be made again. */
export const LONGEST_DAYS = 366;

/** `reason (owner, until 2027-03-31)` */
export const describeException = ({ reason, owner, expires }: Exception): string =>
  expires === "" ? reason : `${reason} (${owner}, until ${expires})`;
