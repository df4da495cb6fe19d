import { type AccessRequest } from "../simulation/context";
import { type DecidedBy } from "../simulation/simulate";
import { type Role, type RoleKind, type Zone } from "../zone/zone";

/**
 * The roles that a row is about: a new role is covered by its kind, without an edit of the row. The stranger is none
 * of the zone's roles and must be named.
 */
export type RoleSelector =
  "every" | { readonly only: readonly RoleKind[] } | { readonly except: readonly RoleKind[] };

interface Row {
  /** Names the row in tests, e.g. `role-without-boundary`. */
  readonly id: string;
  /** What is tried, in the imperative: `Create a role without the boundary`. */
  readonly title: string;
  readonly roles: RoleSelector;
  /** The requests of a role; none where the zone has nothing of the kind. */
  readonly requests: (zone: Zone, role: Role) => readonly AccessRequest[];
}

/** Stands for a denial without a statement: no policy of a kind that must allow the request does. */
export const NOTHING_ALLOWS_IT = "nothing allows it";

/** Stands for any denial. */
export const ANYTHING = "anything";

/** What no role may do. */
export interface Attack extends Row {
  /**
   * The walls: what denies it for a kind of role, else for all others, **even if the role's own policies allowed
   * everything**. They are statements by their Sid, kinds of policies whose statement it may be (`boundary`, `scp`,
   * `resource`), {@link NOTHING_ALLOWS_IT}, or {@link ANYTHING}. A kind that is not named is tried with its own policies, and anything may
   * deny it.
   *
   * @default no kind is named
   */
  readonly deniedBy?: Readonly<Partial<Record<RoleKind | "others", readonly string[]>>>;
}

/** What the walls must not stop. */
export type Need = Row;

/** What came of one request. */
export interface Outcome {
  readonly role: Role;
  readonly request: AccessRequest;
  /** Whether it was tried as if the role's own policies allowed everything. */
  readonly unfettered: boolean;
  /** Whether it came out as the row wants it. */
  readonly right: boolean;
  readonly decision: "allowed" | "denied" | "not allowed" | "unknown";
  readonly by: readonly DecidedBy[];
  /** Why it is unknown. */
  readonly problem?: string;
}

/** What came of a row. */
export interface RowResult {
  readonly id: string;
  readonly title: string;
  /** `untried` where no role had a request: the zone has nothing of the kind. */
  readonly status: "right" | "wrong" | "untried";
  readonly outcomes: readonly Outcome[];
}

export const isSelected = (selector: RoleSelector, { kind }: Role): boolean => {
  if (selector !== "every" && "only" in selector) return selector.only.includes(kind);
  return kind !== "stranger" && (selector === "every" || !selector.except.includes(kind));
};
