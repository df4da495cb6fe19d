import { isRecordAddress } from "../fingerprint";
import type { LeftOut } from "../limits";
import { bindingsOf, reservePlanFile, savePlan } from "../saved-plan";
import { Session, type Request, type Standing } from "../session";
import {
  type PlanJson,
  type PlanSummary,
  combine,
  readPlan,
  summarize,
  toMarkdown,
  toTable,
} from "../summary";
import type { Action, UiEvent } from "../ui-stream";

/** How many resources a plan adds, changes and destroys; a replacement counts as one added and one destroyed. */
export interface PlanCounts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/** What `plan` writes to plan.json. */
export interface PlanResult extends PlanCounts {
  /** The instance's name, e.g. `local-network-eu-west-1`. */
  readonly instance: string;
  readonly stack: string;
  /** Whether it was not planned, because nothing has changed since the last deploy. */
  readonly unchanged: boolean;
  /** What the emulator's limits left out; empty in a zone on AWS. */
  readonly notEmulated: readonly LeftOut[];
  readonly seconds: number;
}

/** A plan that was made and saved. */
export interface SavedPlan {
  /** Without the runner's own record. */
  readonly counts: PlanCounts;
  /** Whether applying it would do anything at all. */
  readonly changes: boolean;
  readonly planned: readonly PlannedChange[];
}

type PlannedChange = Extract<UiEvent, { readonly type: "planned" }>;

const NOTHING: PlanCounts = { add: 0, change: 0, destroy: 0 };

/** Makes a plan and saves it in the working folder. */
export async function makePlan(session: Session, ...extra: string[]): Promise<SavedPlan> {
  await session.init(true);
  const file = session.folder.paths.savedPlan;
  reservePlanFile(file);
  const args = ["plan", "-json", "-detailed-exitcode", `-out=${file}`, ...session.access("plan"), ...extra];
  const { code, events } = await session.run("planning", 0, args);
  const all = events.filter((event) => event.type === "planned");
  const { add, change, destroy } = events.findLast((event) => event.type === "summary") ?? NOTHING;
  const ofRecord = all.find(({ address }) => isRecordAddress(address))?.action;
  const counts = {
    add: add - (ofRecord === "create" || ofRecord === "replace" ? 1 : 0),
    change: change - (ofRecord === "update" ? 1 : 0),
    destroy: destroy - (ofRecord === "delete" || ofRecord === "replace" ? 1 : 0),
  };
  return { counts, changes: code === 2, planned: all.filter(({ address }) => !isRecordAddress(address)) };
}

const signs: Readonly<Record<Action, string>> = {
  delete: "-",
  replace: "-/+",
  update: "~",
  create: "+",
  read: "<=",
  noop: " ",
};

/** One line for each planned change: what is lost comes first. */
export const planLines = (planned: readonly PlannedChange[]): string[] => {
  const order: readonly Action[] = ["delete", "replace", "update", "create"];
  return order.flatMap((action) =>
    planned
      .filter((change) => change.action === action)
      .map(({ address }) => `${signs[action].padStart(3)} ${address}`),
  );
};

/** e.g. `31 to add, 0 to change, 0 to destroy` */
export const countsLine = ({ add, change, destroy }: PlanCounts): string =>
  `${add} to add, ${change} to change, ${destroy} to destroy`;

/** Shows what a deploy would change, and saves the plan for `apply`. What has not changed since the last deploy is not planned. */
export const plan = (request: Request): Promise<void> =>
  Session.forEach(request, true, async (session) => {
    if (session.leavesToAdministrator()) return;
    const standing = await session.standing();
    if (standing.reason === undefined) {
      await save(session, standing, undefined);
      session.say(`unchanged since the last deploy  ${session.seconds} s`);
      return;
    }
    const made = await makePlan(session);
    const summary = await save(session, standing, made);
    for (const line of toTable(summary)) session.say(line);
    session.say(`${made.changes ? `plan: ${countsLine(made.counts)}` : "no changes"}  ${session.seconds} s`);
  });

/**
 * Saves a plan with what it is bound to and its summaries.
 *
 * @param made `undefined` for an instance that was not planned
 */
async function save(session: Session, standing: Standing, made: SavedPlan | undefined): Promise<PlanSummary> {
  const { folder, instance, root, toolchain, zone } = session;
  const { consumed = [], fingerprint, notEmulated, paths } = folder;
  // What is read before the plan is made may be older than what the plan has seen, never newer: then it is refused.
  const state = standing.state ?? (await session.state());
  const values = (await session.consumedValues("plan")) ?? new Map();
  const { name, stack, account, region } = instance;
  const json = made === undefined ? {} : withoutRecord(await readPlan(session, paths.savedPlan));
  const summary = summarize(json, { instance: name, stack, zone, account, region });
  const counts = made?.counts ?? NOTHING;
  const unchanged = made === undefined;
  const result: PlanResult = {
    instance: name,
    stack,
    ...counts,
    unchanged,
    notEmulated,
    seconds: session.seconds,
  };
  savePlan(paths.plans, {
    bindings: bindingsOf({ root, zone, instance, fingerprint, toolchain, state, consumed, values }),
    counts,
    forced: standing.forced,
    plan: made?.changes === true ? paths.savedPlan : undefined,
    texts: {
      "plan.json": lines(result),
      "summary.json": lines(summary),
      "summary.md": `${toMarkdown(combine(zone, [summary]))}\n`,
    },
  });
  return summary;
}

const lines = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The runner's own record is nothing that anybody has to approve. */
const withoutRecord = (plan: PlanJson): PlanJson => ({
  ...plan,
  resource_changes: (plan.resource_changes ?? []).filter(({ address }) => !isRecordAddress(address)),
});
