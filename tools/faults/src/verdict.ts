import { type Planned } from "./documents";

/** What is there after the work: read back from AWS, not believed from logs. */
export interface Observed {
  /** How many rows there are, by digest. */
  readonly rows: ReadonlyMap<string, number>;
  /** Reasons of the dead letters, by the object's key; `undefined` for one without a reason. */
  readonly deadLetters: ReadonlyMap<string, readonly (string | undefined)[]>;
  /** How often the function said that it catalogued a digest: an effect that a row can't show twice. */
  readonly said: ReadonlyMap<string, number>;
}

/** Everything that is not as it must be is a count; all zero is a pass. */
export interface Verdict {
  readonly good: number;
  readonly duplicates: number;
  readonly poison: number;
  /** Good documents with exactly one effect. */
  readonly catalogued: number;
  /** Poison in the dead-letter queue, with the reason that it must have. */
  readonly refused: number;
  /** Events of which nothing is to be found. */
  readonly lost: number;
  /** Digests that were catalogued more than once, or that nobody sent. */
  readonly repeated: number;
  /** Dead letters that are no poison, or have another reason. */
  readonly misjudged: number;
}

/** Compares what must have become of the uploads with what is there. */
export function judge(planned: readonly Planned[], { rows, deadLetters, said }: Observed): Verdict {
  const good = planned.flatMap((each) => (each.kind === "good" ? [each] : []));
  const poison = planned.flatMap((each) => (each.kind === "poison" ? [each] : []));
  const expected = new Map(poison.map(({ key, reason }) => [key, reason]));
  const digests = new Set(good.map(({ digest }) => digest));
  const isOnce = (digest: string): boolean => rows.get(digest) === 1 && (said.get(digest) ?? 0) <= 1;
  const hasReason = (key: string, reason: string): boolean =>
    deadLetters.get(key)?.some((each) => each === reason) ?? false;
  const known = new Set([...rows.keys(), ...said.keys()]);
  return {
    good: good.length,
    duplicates: planned.length - good.length - poison.length,
    poison: poison.length,
    catalogued: good.filter(({ digest }) => isOnce(digest)).length,
    refused: poison.filter(({ key, reason }) => hasReason(key, reason)).length,
    lost:
      good.filter(({ key, digest }) => !rows.has(digest) && !deadLetters.has(key)).length +
      poison.filter(({ key }) => !deadLetters.has(key)).length,
    repeated: [...known].filter((digest) => !digests.has(digest) || (rows.has(digest) && !isOnce(digest)))
      .length,
    misjudged: [...deadLetters].filter(([key, reasons]) =>
      reasons.some((reason) => reason === undefined || expected.get(key) !== reason),
    ).length,
  };
}

/** Whether every good event has exactly one effect, and every poison event is a dead letter with its reason. */
export const isPass = (verdict: Verdict): boolean =>
  verdict.catalogued === verdict.good &&
  verdict.refused === verdict.poison &&
  verdict.lost + verdict.repeated + verdict.misjudged === 0;
