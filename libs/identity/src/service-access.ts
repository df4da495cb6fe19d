import { reachableRegions } from "./guardrails/account";
import { type Conditions, type Statement } from "./policy-document";
import { type Ground } from "./zone-roles";

/** What Terraform calls to hold one kind of thing. */
export interface Change {
  /** Names the statement: `ChangeQueues`. */
  readonly what: string;
  /** The actions that make, change and delete it, as far as no guardrail denies them. */
  readonly actions: readonly string[];
  /**
   * The ARN patterns of what may be changed. @default everything, in the regions that the zone may call: for what AWS
   * names by an id of its own
   */
  readonly on?: (ground: Ground) => readonly string[];
  /** What else must hold. @default nothing */
  readonly condition?: (ground: Ground) => Conditions;
}

/** What the stacks hold of some services, and what Terraform calls for it. */
export interface ServiceAccess {
  /** Names the policies: `queues`. */
  readonly name: string;
  /** The resource types of Terraform that these calls are for. */
  readonly types: readonly string[];
  /** The actions that read their configuration, and no data. */
  readonly read: readonly string[];
  readonly changes: readonly Change[];
}

/** Named after the zone, in the account and any region: `named("sqs")` is `arn:aws:sqs:*:123456789012:sandbox-*`. */
export const named =
  (service: string, prefix = "") =>
  ({ zone, account }: Ground): readonly string[] => [
    `arn:aws:${service}:*:${account.id}:${prefix}${zone.name}-*`,
  ];

const inRegions = ({ zone }: Ground): Conditions => ({
  StringEquals: { "aws:RequestedRegion": reachableRegions(zone) },
});

/** `ReadQueues` for `queues`. */
const sidOf = (verb: string, what: string): string =>
  `${verb}${what.charAt(0).toUpperCase()}${what.slice(1)}`;

/** Lets a role read the configuration of what a stack holds of some services. */
export const readStatement = (ground: Ground, { name, read }: ServiceAccess): Statement => ({
  Sid: sidOf("Read", name),
  Effect: "Allow",
  Action: read,
  Resource: "*",
  Condition: inRegions(ground),
});

/** Lets a role make, change and delete what a stack holds of some services. */
export const changeStatements = (ground: Ground, { changes }: ServiceAccess): readonly Statement[] =>
  changes.map(({ what, actions, on, condition }) => ({
    Sid: sidOf("Change", what),
    Effect: "Allow",
    Action: actions,
    Resource: on?.(ground) ?? "*",
    ...(on && !condition ? {} : { Condition: { ...(on ? {} : inRegions(ground)), ...condition?.(ground) } }),
  }));
