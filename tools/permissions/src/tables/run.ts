import { type AccessRequest } from "../simulation/context";
import { type Decision, isHopeless, simulate, validatePolicies } from "../simulation/simulate";
import { FULL_ACCESS } from "../zone/policy";
import { type Role, type Zone } from "../zone/zone";
import {
  ANYTHING,
  type Attack,
  isSelected,
  type Need,
  NOTHING_ALLOWS_IT,
  type Outcome,
  type RowResult,
} from "./row";

/** Somebody outside of the zone, who may do everything as far as their own account goes. */
const STRANGER: Role = {
  path: "outside",
  stack: "outside",
  account: "999999999999",
  region: "us-east-1",
  tags: {},
  name: "stranger",
  arn: "arn:aws:iam::999999999999:role/stranger",
  kind: "stranger",
  trust: FULL_ACCESS,
  policies: [FULL_ACCESS],
};

/** An attacker is given every factor: what is denied must be denied to whoever holds the role. */
const ATTACKER = { "aws:MultiFactorAuthPresent": "true" };

const HOPELESS: Decision = { decision: "not allowed", by: [] };

/** Tries each attack by every role that it is about. @throws Error where a policy of the zone is not valid */
export const runAttacks = (zone: Zone, attacks: readonly Attack[]): Promise<readonly RowResult[]> =>
  runRows(zone, attacks, {
    context: ATTACKER,
    isUnfettered: (attack, role) => walls(attack, role) !== undefined,
    isRight: isExpectedDenial,
  });

/** Tries each need by every role that it is about. @throws Error where a policy of the zone is not valid */
export const runNeeds = (zone: Zone, needs: readonly Need[]): Promise<readonly RowResult[]> =>
  runRows(zone, needs, {
    context: {},
    isUnfettered: () => false,
    isRight: (_, __, { decision }) => decision === "allowed",
  });

/** How the rows of a table are tried and judged. */
interface Rules<Row> {
  readonly context: NonNullable<AccessRequest["context"]>;
  readonly isUnfettered: (row: Row, role: Role) => boolean;
  readonly isRight: (row: Row, role: Role, decision: Decision) => boolean;
}

async function runRows<Row extends Need>(
  zone: Zone,
  rows: readonly Row[],
  { context, isUnfettered, isRight }: Rules<Row>,
): Promise<readonly RowResult[]> {
  await validatePolicies(zone);
  const results: RowResult[] = [];
  // That AWS knows a request is shown by the first simulation of it.
  const simulated = new Set<string>();
  for (const row of rows) {
    const outcomes: Outcome[] = [];
    for (const role of [...zone.roles, STRANGER].filter((each) => isSelected(row.roles, each))) {
      const unfettered = isUnfettered(row, role);
      const tried = unfettered ? { ...role, policies: [FULL_ACCESS] } : role;
      for (const request of row.requests(zone, role)) {
        const given = { ...request, context: { ...context, ...request.context } };
        const decide = async () => {
          const known = JSON.stringify([request.action, request.resource, Object.keys(given.context)]);
          const hopeless = isHopeless({ zone, role: tried, ...given });
          if (hopeless && simulated.has(known)) return HOPELESS;
          const decision = await simulate({ zone, role: tried, ...given });
          simulated.add(known);
          return hopeless ? HOPELESS : decision;
        };
        const found = await decided(decide);
        const right = found.decision !== "unknown" && isRight(row, role, found);
        outcomes.push({ role, request: given, unfettered, right, ...found });
      }
    }
    results.push({ id: row.id, title: row.title, status: statusOf(outcomes), outcomes });
  }
  return results;
}

const statusOf = (outcomes: readonly Outcome[]): RowResult["status"] => {
  if (outcomes.length === 0) return "untried";
  return outcomes.every(({ right }) => right) ? "right" : "wrong";
};

/** The decision, or why there is none. */
async function decided(
  decide: () => Promise<Decision>,
): Promise<Decision | { readonly decision: "unknown"; readonly by: readonly []; readonly problem: string }> {
  try {
    return await decide();
  } catch (error) {
    return { decision: "unknown", by: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

/** What must deny an attack by a role, whatever its own policies allow. */
const walls = ({ deniedBy }: Attack, { kind }: Role): readonly string[] | undefined =>
  deniedBy?.[kind] ?? deniedBy?.others;

function isExpectedDenial(attack: Attack, role: Role, { decision, by }: Decision): boolean {
  if (decision === "allowed") return false;
  const expected = walls(attack, role);
  if (expected === undefined || expected.includes(ANYTHING)) return true;
  return decision === "denied"
    ? by.some(({ kind, sid }) => expected.includes(kind) || (sid !== undefined && expected.includes(sid)))
    : expected.includes(NOTHING_ALLOWS_IT);
}
