import { type ZoneAccount } from "../terraform/zone-files";
import { type Policy } from "./policy";

/**
 * What a role is, by its name, else by its boundary. Of the roles of a pipeline, `pipeline-plan` are those that go on to
 * the roles that plan, `pipeline-deploy` to those that deploy, and `pipeline` to none. `repair` has the repair boundary, `other` neither that nor the workload boundary; `stranger` is anybody
 * outside of the zone.
 */
export const ROLE_KINDS = [
  "plan",
  "deploy",
  "break-glass",
  "read-only",
  "operator",
  "github-plan",
  "github-deploy",
  "pipeline",
  "pipeline-plan",
  "pipeline-deploy",
  "workload",
  "repair",
  "other",
  "stranger",
] as const;

export type RoleKind = (typeof ROLE_KINDS)[number];

/** Where something is declared. */
export interface Declared {
  /** e.g. `sandbox-intake-eu-west-1/aws_iam_role.X`. */
  readonly path: string;
  /** e.g. `intake`. */
  readonly stack: string;
  /** The account's id. */
  readonly account: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A role with all that says what it may do. */
export interface Role extends Declared {
  readonly name: string;
  readonly arn: string;
  readonly kind: RoleKind;
  /** Who may assume it. */
  readonly trust: Policy;
  readonly boundary?: Policy & { readonly arn: string };
  readonly policies: readonly Policy[];
}

/** A resource with an ARN that is known. */
export interface Resource extends Declared {
  /** Terraform's type, e.g. `aws_s3_bucket`. */
  readonly type: string;
  readonly arn: string;
  readonly name: string;
  /** What the resource itself allows and denies. */
  readonly policy?: Policy;
}

/** The service control policies of one level: the root, a unit or an account. */
export interface ControlLevel {
  readonly id: string;
  readonly policies: readonly Policy[];
}

/** A queue or stream that triggers a function, by ARN. */
export interface Consumption {
  readonly source: string;
  readonly role: string;
  readonly region: string;
}

/** What a function runs with, by ARN. */
export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly role: string;
  readonly account: string;
  readonly region: string;
  readonly logGroup?: string;
  /** Where its failures are sent. */
  readonly failures?: string;
  readonly inVpc: boolean;
}

/** A synthesized zone as its permissions see it. */
export interface Zone {
  readonly name: string;
  /** Home first. */
  readonly regions: readonly string[];
  readonly accounts: readonly ZoneAccount[];
  readonly organization: boolean;
  /** Whether a break-glass role may delete from the log archive. */
  readonly governance: boolean;
  readonly roles: readonly Role[];
  /** By ARN. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** From the root down, by account id; none for the management account and outside of an organization. */
  readonly controls: ReadonlyMap<string, readonly ControlLevel[]>;
  /** The ARNs of the zone's permission boundaries. */
  readonly boundaries: readonly string[];
  readonly functions: readonly LambdaFunction[];
  readonly consumptions: readonly Consumption[];
  /** The ARNs of the buckets that hold logs. */
  readonly archives: ReadonlySet<string>;
  /** The ARNs of the log groups that a trail writes to. */
  readonly trailLogs: ReadonlySet<string>;
  /** The customer key of a resource, both by ARN. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Who makes a request: the parts of a role that decide over it. */
export type Principal = Pick<Role, "name" | "arn" | "account" | "tags" | "policies" | "boundary">;
