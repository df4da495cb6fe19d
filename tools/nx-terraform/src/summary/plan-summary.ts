/** Which plan a summary is of. */
export interface SummaryOf {
  /** The instance's name, e.g. `sandbox-network-eu-west-1`. */
  readonly instance: string;
  /** The stack's short name. */
  readonly stack: string;
  readonly zone: string;
  /** The account's name, e.g. `main`. */
  readonly account: string;
  readonly region: string;
}

/**
 * What is done to a resource. `forget` drops it from the state and leaves it in AWS; `move` renames it in the state;
 * `import` takes one that exists into the state.
 */
export type SummaryAction = "delete" | "replace" | "forget" | "update" | "create" | "import" | "move";

/** One attribute that changes. */
export interface AttributeChange {
  /** e.g. `tags.Owner` or `ingress[0].cidr_blocks`; cut where what is below it is sensitive */
  readonly path: string;
  /** JSON of the old scalar, shortened; left out where it is sensitive, long, or no scalar. */
  readonly before?: string;
  /** JSON of the new scalar, shortened, or `(known after apply)`; left out as `before` is. */
  readonly after?: string;
  /** Whether its values are kept back because they are sensitive. */
  readonly sensitive: boolean;
}

/** What happens to one resource. */
export interface ChangeSummary {
  readonly address: string;
  /** e.g. `aws_dynamodb_table` */
  readonly type: string;
  readonly action: SummaryAction;
  /** What is lost with it, in words, when it is deleted or replaced; only for stateful resources. */
  readonly loses?: string;
  /** Why it is replaced or deleted: attribute paths that force it, or Terraform's reason in words. */
  readonly because: readonly string[];
  /** The attributes that an update or a replacement changes. */
  readonly attributes: readonly AttributeChange[];
  /** What one more of it costs, or one less saves; only for cost-relevant types. */
  readonly price?: PriceHint;
}

/** A list price, for orientation: no quote. */
export interface PriceHint {
  /** What it is, e.g. `NAT gateway`. */
  readonly what: string;
  /** US dollars a month at 730 hours, without usage; 0 for what is billed by usage alone. */
  readonly monthlyUsd: number;
  /** What comes on top, e.g. `each GB processed`; empty when nothing does. */
  readonly plus: string;
  /** The page that the price is from. */
  readonly source: string;
}

/** What a plan does, without a sensitive value, fit to be shown and stored. Everything is sorted: what is lost first. */
export interface PlanSummary extends SummaryOf {
  readonly changes: readonly ChangeSummary[];
  readonly counts: SummaryCounts;
}

/** How many resources there are of each; a replacement counts only as one. */
export interface SummaryCounts {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
  /** Stateful resources that are deleted or replaced. */
  readonly statefulLost: number;
  /** Monthly US dollars that the cost-relevant additions and deletions add up to, without usage. */
  readonly monthlyUsd: number;
}

/** The summaries of several instances as one. */
export interface ZoneSummary {
  readonly zone: string;
  /** The instances that change, those that lose something first. */
  readonly plans: readonly PlanSummary[];
  /** The names of the instances that nothing changes in. */
  readonly unchanged: readonly string[];
  readonly counts: SummaryCounts;
}
