/**
 * A plan as `terraform show -json <plan>` prints it (format version 1), as far as a summary looks into it.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  /** What a refresh found changed outside of Terraform. */
  readonly resource_drift?: readonly ResourceChange[];
}

/** What a plan does to one resource, or what a refresh found changed in it. */
export interface ResourceChange {
  readonly address: string;
  /** The address before a `moved` block. */
  readonly previous_address?: string;
  readonly mode?: "managed" | "data";
  readonly type: string;
  readonly change: Change;
  /** e.g. `replace_because_cannot_update`; left out where there is nothing to tell */
  readonly action_reason?: string;
}

export interface Change {
  /** e.g. `["delete", "create"]` */
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** The same shape as `after`, with `true` for each value that only the apply will know. */
  readonly after_unknown?: unknown;
  /** The same shape as the values, with `true` for each sensitive one and all below it. */
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  /** Paths whose change forces a replacement. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: unknown;
}
