import { isRecord } from "@landfall/terraform-graph";
import { listOf } from "../terraform/json";
import { type PolicyStatement } from "../zone/policy";
import { type Role, type Zone } from "../zone/zone";

/** Somebody that a role trusts. */
export interface Trusted {
  readonly kind: "AWS" | "Service" | "Federated" | "everyone";
  /** An ARN, an account's id, a service's name or a provider's ARN. */
  readonly who: string;
  readonly sid: string;
  /** What must hold, by condition key in lower case. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

export interface RoleTrust {
  readonly role: Role;
  readonly trusted: readonly Trusted[];
  /** What is wrong with the role's trust or boundary; empty when nothing is. */
  readonly problems: readonly string[];
}

/**
 * Services that pass on somebody else's request and tell for whom: without a condition another account could have them
 * use the role. CloudTrail is not among them: with the role for its log group it tells nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
const DEPUTIES: readonly string[] = [
  "backup.amazonaws.com",
  "codebuild.amazonaws.com",
  "codepipeline.amazonaws.com",
  "config.amazonaws.com",
  "events.amazonaws.com",
  "firehose.amazonaws.com",
  "logs.amazonaws.com",
  "pipes.amazonaws.com",
  "scheduler.amazonaws.com",
  "sns.amazonaws.com",
  "states.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** Condition keys that tell for whom a service works. */
const SOURCES = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/** Who may assume each role of a zone, and what is wrong with it. */
export const trustOf = (zone: Zone): readonly RoleTrust[] =>
  zone.roles.map((role) => {
    const statements = role.trust.document.Statement.filter(({ Effect }) => Effect === "Allow");
    const trusted = statements.flatMap(trustedIn);
    return {
      role,
      trusted,
      problems: [...boundaryProblems(zone, role), ...trusted.flatMap((each) => trustProblems(zone, each))],
    };
  });

function trustedIn({ Sid, Principal, NotPrincipal, Condition }: PolicyStatement): readonly Trusted[] {
  const conditions = new Map(
    Object.values(isRecord(Condition) ? Condition : {}).flatMap((keys) =>
      Object.entries(isRecord(keys) ? keys : {}).map(([key, values]): [string, readonly string[]] => [
        key.toLowerCase(),
        listOf(values).map(String),
      ]),
    ),
  );
  const everyone: Trusted = { kind: "everyone", who: "*", sid: Sid, conditions };
  if (NotPrincipal !== undefined || !isRecord(Principal)) return [everyone];
  return Object.entries(Principal).flatMap(([kind, names]) =>
    listOf(names).map((name): Trusted => {
      if (name === "*" || (kind !== "AWS" && kind !== "Service" && kind !== "Federated")) return everyone;
      return { kind, who: String(name), sid: Sid, conditions };
    }),
  );
}

function boundaryProblems(zone: Zone, { boundary, account }: Role): readonly string[] {
  if (!boundary) return ["has no permission boundary"];
  return boundary.arn.startsWith(`arn:aws:iam::${account}:policy/${zone.name}-`)
    ? []
    : [`its boundary must be one of the zone's in its account, got: ${boundary.arn}`];
}

function trustProblems(zone: Zone, { kind, who, sid, conditions }: Trusted): readonly string[] {
  switch (kind) {
    case "everyone":
      return [`trusts everyone (${sid})`];
    case "AWS": {
      const account = /^(?:arn:aws:(?:iam|sts)::)?(\d{12})/.exec(who)?.[1];
      return zone.accounts.some(({ id }) => id === account)
        ? []
        : [`trusts ${who}, which is not in the zone (${sid})`];
    }
    case "Service":
      return DEPUTIES.includes(who) && !SOURCES.some((key) => conditions.has(key))
        ? [`trusts ${who} without a condition on whom it works for (${sid})`]
        : [];
    case "Federated":
      return who.includes(":oidc-provider/") && !isOneRepository(conditions)
        ? [`trusts ${who} without conditions on its audience and one repository (${sid})`]
        : [];
  }
}

/** Whether a web identity must be meant for AWS and come from a repository that is written out. */
function isOneRepository(conditions: Trusted["conditions"]): boolean {
  const ending = (end: string) =>
    [...conditions].filter(([key]) => key.endsWith(end)).flatMap(([, values]) => values);
  const subjects = ending(":sub");
  return (
    ending(":aud").length > 0 && subjects.length > 0 && subjects.every((each) => /^repo:[^*?:]+:/.test(each))
  );
}
