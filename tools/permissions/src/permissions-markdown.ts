import { type RoleTrust } from "./simulation/trust";
import { NOTHING_ALLOWS_IT, type Outcome, type RowResult } from "./tables/row";
import { ROLE_KINDS } from "./zone/zone";

/** All that a zone's permissions were judged by. */
export interface PermissionResults {
  /** The zone's name. */
  readonly zone: string;
  readonly attacks: readonly RowResult[];
  readonly needs: readonly RowResult[];
  readonly trust: readonly RoleTrust[];
}

/** `Sid` (kind), or that nothing allows it: what decided over a request. */
function decidedBy({ decision, by, problem }: Outcome): readonly string[] {
  if (decision === "unknown") return [`**unknown**: ${problem ?? "no reason"}`];
  if (decision === "not allowed") return [NOTHING_ALLOWS_IT];
  const statements = by.map(({ kind, sid, policy }) => `\`${sid ?? policy ?? "?"}\` (${kind})`);
  return decision === "allowed" ? [statements.join(" and ")] : statements;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

/** What decided over the requests of each kind of role, e.g. `plan, read-only: nothing allows it`. */
function byKind(outcomes: readonly Outcome[]): string {
  const kinds = new Map<string, string[]>();
  for (const kind of ROLE_KINDS) {
    const ours = outcomes.filter(({ role }) => role.kind === kind);
    if (ours.length === 0) continue;
    const reasons = [...new Set(ours.flatMap(decidedBy))].sort().join(", ");
    const whatever = ours.every(({ unfettered }) => unfettered) ? " (whatever its policies allow)" : "";
    kinds.set(reasons, [...(kinds.get(reasons) ?? []), `${kind}${whatever}`]);
  }
  return [...kinds].map(([reasons, names]) => `${names.join(", ")}: ${reasons}`).join("<br>");
}

function tried(outcomes: readonly Outcome[]): string {
  const roles = new Set(outcomes.map(({ role }) => role.arn)).size;
  return `${count(roles, "role")}, ${count(outcomes.length, "request")}`;
}

function table(
  rows: readonly RowResult[],
  headings: readonly [string, string, string],
  wrong: string,
): string {
  const widths = headings.map(() => "---");
  const lines = rows.map(({ title, status, outcomes }) => {
    if (status === "untried") return [title, "none", "the zone has nothing of the kind"];
    const mistaken = outcomes.filter(({ right }) => !right);
    const verdict = status === "right" ? "" : `**${wrong}**: ${mistaken.map(sentence).join("; ")}<br>`;
    return [title, tried(outcomes), `${verdict}${byKind(outcomes)}`];
  });
  return [headings, widths, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** `sandbox-deploy: iam:CreateRole on arn:…`, with what came of it. */
const sentence = ({ role, request, ...rest }: Outcome): string =>
  `${role.name}: ${request.action} on ${request.resource} is ${rest.decision} by ${decidedBy({ role, request, ...rest }).join(", ")}`;

/** Every wrong outcome as a line of text, for the message of a test. */
export const mistakes = (results: readonly RowResult[]): readonly string[] =>
  results.flatMap(({ id, outcomes }) =>
    outcomes.filter(({ right }) => !right).map((outcome) => `${id}: ${sentence(outcome)}`),
  );

function trustTable(trust: readonly RoleTrust[]): string {
  const lines = trust.map(({ role, trusted, problems }) => {
    const who = [...new Set(trusted.map((each) => `\`${each.who}\``))].join(", ");
    return [
      `\`${role.name}\``,
      role.account,
      role.boundary ? `\`${role.boundary.name}\`` : "**none**",
      [who, ...problems.map((problem) => `**${problem}**`)].join("<br>"),
    ];
  });
  return [["role", "account", "boundary", "trusts"], ["---", "---", "---", "---"], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/**
 * The content of `docs/permissions.md`: each attack with the roles that tried it and the statement that denied it,
 * each need with what allows it, and who may assume each role.
 */
export const permissionsMarkdown = ({ zone, attacks, needs, trust }: PermissionResults): string =>
  [
    `# Permissions of the zone \`${zone}\``,
    "Written from the synthesized zone: each row is simulated for every role that it is about, as AWS evaluates " +
      "policies, boundaries, service control policies and the policies of resources.",
    "## What no role may do",
    table(attacks, ["attack", "tried by", "denied by"], "OPEN"),
    "## What must be allowed",
    table(needs, ["need", "tried by", "allowed by"], "STOPPED"),
    "## Who may assume which role",
    trustTable(trust),
    "",
  ]
    .join("\n\n")
    .trimEnd() + "\n";
