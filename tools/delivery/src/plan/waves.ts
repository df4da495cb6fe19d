import { LandfallError } from "@landfall/core";
import { type WaitingStack } from "../digest/plan-manifest";
import { type StackValues } from "./contract-values";

/** What planning the stacks of a wave brought about. */
export interface WaveResult {
  /** The stacks with something to apply. */
  readonly planned: readonly string[];
  /** The names of the parameters that applying them makes, changes or deletes. */
  readonly changes: ReadonlySet<string>;
}

export interface Planned {
  readonly planned: readonly string[];
  readonly unchanged: readonly string[];
  readonly waiting: readonly WaitingStack[];
}

/**
 * Plans the stacks of a zone, each after those whose values it consumes.
 *
 * A stack that consumes a value which the plans so far make or change is not planned: its plan would be about a value that
 * is gone by the time it is applied. It waits for the next plan, and with it whoever consumes its values, since nobody can
 * tell what it will publish.
 *
 * @param plan plans the stacks of one wave, which do not consume from one another
 * @throws LandfallError where stacks consume each other's values
 */
export async function planInWaves(
  stacks: readonly StackValues[],
  plan: (wave: readonly StackValues[]) => Promise<WaveResult>,
): Promise<Planned> {
  const publisher = publishers(stacks);
  const planned: string[] = [];
  const unchanged: string[] = [];
  const waiting = new Map<string, readonly string[]>();
  const changing = new Set<string>();
  let left = stacks.filter(({ instances }) => instances.length > 0);
  while (left.length > 0) {
    const undecided = new Set(left.map(({ stack }) => stack));
    const ready = left.filter((each) => providersOf(each, publisher).every((stack) => !undecided.has(stack)));
    if (ready.length === 0) {
      throw new LandfallError(`These stacks consume each other's values: ${[...undecided].join(", ")}`);
    }
    const free: StackValues[] = [];
    for (const each of ready) {
      const blockers = providersOf(
        each,
        publisher,
        (name, stack) => changing.has(name) || waiting.has(stack),
      );
      if (blockers.length > 0) waiting.set(each.stack, blockers);
      else free.push(each);
    }
    const result = free.length === 0 ? undefined : await plan(free);
    for (const { stack } of free) (result?.planned.includes(stack) ? planned : unchanged).push(stack);
    for (const name of result?.changes ?? []) changing.add(name);
    left = left.filter((each) => !ready.includes(each));
  }
  return {
    planned,
    unchanged,
    waiting: [...waiting].map(([stack, blockers]) => ({ stack, for: blockers })),
  };
}

/** The stack that publishes each value, by the value's name. */
const publishers = (stacks: readonly StackValues[]): ReadonlyMap<string, string> =>
  new Map(
    stacks.flatMap(({ stack, publishes }) => [...publishes.values()].map((name) => [name, stack] as const)),
  );

/** The other stacks whose values a stack consumes, sorted. */
function providersOf(
  { stack, consumes }: StackValues,
  publisher: ReadonlyMap<string, string>,
  counts: (name: string, stack: string) => boolean = () => true,
): string[] {
  const found = [...consumes].flatMap((name) => {
    const owner = publisher.get(name);
    return owner === undefined || owner === stack || !counts(name, owner) ? [] : [owner];
  });
  return [...new Set(found)].sort();
}
