import { writeFileSync } from "node:fs";

import type { LeftOut } from "../limits";
import { Session, type Request } from "../session";
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
  /** What the emulator's limits left out; empty in a zone on AWS. */
  readonly notEmulated: readonly LeftOut[];
  readonly seconds: number;
}

/** A plan that was made and saved. */
export interface SavedPlan {
  readonly counts: PlanCounts;
  /** Whether applying it would do anything at all. */
  readonly changes: boolean;
  readonly planned: readonly PlannedChange[];
}

type PlannedChange = Extract<UiEvent, { readonly type: "planned" }>;

/** Makes a plan and saves it in the working folder. */
export async function makePlan(session: Session, ...extra: string[]): Promise<SavedPlan> {
  await session.init(true);
  const args = [
    "plan",
    "-json",
    "-detailed-exitcode",
    `-out=${session.folder.paths.savedPlan}`,
    ...session.access("plan"),
    ...extra,
  ];
  const { code, events } = await session.run("planning", 0, args);
  const planned = events.filter((event) => event.type === "planned");
  const { add = 0, change = 0, destroy = 0 } = events.findLast((event) => event.type === "summary") ?? {};
  return { counts: { add, change, destroy }, changes: code === 2, planned };
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

/** Shows what a deploy would change, and writes plan.json. */
export const plan = (request: Request): Promise<void> =>
  Session.forEach(request, true, async (session) => {
    if (session.leavesToAdministrator()) return;
    const { counts, changes, planned } = await makePlan(session);
    for (const line of planLines(planned)) session.say(line);
    const { name: instance, stack } = session.instance;
    const { paths, notEmulated } = session.folder;
    const result: PlanResult = { instance, stack, ...counts, notEmulated, seconds: session.seconds };
    writeFileSync(paths.planResult, `${JSON.stringify(result, undefined, 2)}\n`);
    session.say(`${changes ? `plan: ${countsLine(counts)}` : "no changes"}  ${session.seconds} s`);
  });
