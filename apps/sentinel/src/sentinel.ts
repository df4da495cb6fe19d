import { parseTrigger, type Trigger } from "./event";
import { ignoredBy } from "./ignore";
import { type Entry, type Phase, type RepairRecord, unfinished } from "./record";
import { Refusal } from "./refusal";
import { type Hands, type Mode, type Place, type Problem, type Rules, type Sight } from "./repair";

/** Where it is recorded what was done, in a chain. */
export interface Records {
  append(entry: Entry): Promise<RepairRecord>;
  /** The newest records, oldest first. */
  latest(): Promise<readonly RepairRecord[]>;
}

/** Where people are told. */
export interface Notices {
  send(record: RepairRecord): Promise<void>;
}

/** Where refused messages are kept for people. */
export interface DeadLetters {
  send(body: string, refusal: Refusal): Promise<void>;
}

/** Runs work once for a key, and keeps two at once apart. Resolves to whether it was run. */
export type Once = (key: string, work: () => Promise<void>) => Promise<boolean>;

export interface Ports<S extends Sight> {
  readonly hands: Hands<S>;
  readonly records: Records;
  readonly notices: Notices;
  readonly deadLetters: DeadLetters;
  readonly once: Once;
  readonly now: () => Date;
}

export interface Settings {
  readonly mode: Mode;
  readonly place: Place;
  /** ARN patterns of what is never touched. */
  readonly ignored: readonly string[];
}

/** A message of the queue. */
export interface Message {
  readonly body: string;
  /** 1 for the first time. */
  readonly receipt: number;
}

/** What became of one target. */
export interface Case {
  readonly target: string;
  readonly outcome:
    "confirmed" | "deduplicated" | "failed" | "gone" | "ignored" | "repaired" | "reported" | "sound";
  readonly why?: string;
  readonly error?: unknown;
}

/** What became of one message. */
export type Result =
  | { readonly outcome: "handled"; readonly cases: readonly Case[] }
  /** Refused for good and dead-lettered: the message is done with. */
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  /** A passing fault: the message should come again. Targets that were dealt with stay so. */
  | { readonly outcome: "failed"; readonly error: unknown; readonly cases: readonly Case[] };

/** The most targets that one event may name. */
const MAX_TARGETS = 100;

/**
 * Tends to one message: looks where it says, judges what is there, and mends it, or in a dry run says that it would.
 * Never throws: every fault is in the result.
 */
export async function tend<S extends Sight>(
  { body, receipt }: Message,
  rules: Rules<S>,
  ports: Ports<S>,
  settings: Settings,
): Promise<Result> {
  try {
    const trigger = parseTrigger(body, settings.place.account);
    const named = rules.targetsOf(trigger, settings.place);
    if (named !== "every" && named.length > MAX_TARGETS) {
      throw new Refusal("too-many-targets", `at most ${MAX_TARGETS}`);
    }
    const targets = named === "every" ? await ports.hands.list() : [...new Set(named)];
    const interrupted =
      receipt > 1
        ? unfinished(await ports.records.latest(), trigger.eventId)
        : new Map<string, RepairRecord>();
    const cases: Case[] = [];
    for (const target of targets) {
      cases.push(
        await treat({ target, trigger, interrupted: interrupted.get(target) }, rules, ports, settings),
      );
    }
    const failed = cases.find(({ outcome }) => outcome === "failed");
    return failed ? { outcome: "failed", error: failed.error, cases } : { outcome: "handled", cases };
  } catch (error) {
    return refuseOrFail(error, body, ports.deadLetters);
  }
}

interface Patient {
  readonly target: string;
  readonly trigger: Trigger;
  /** What an earlier receipt of the message meant to do, and told no end of. */
  readonly interrupted: RepairRecord | undefined;
}

async function treat<S extends Sight>(
  patient: Patient,
  rules: Rules<S>,
  ports: Ports<S>,
  settings: Settings,
): Promise<Case> {
  const { target, interrupted } = patient;
  try {
    const sight = await ports.hands.look(target);
    if (sight === undefined) return { target, outcome: "gone" };
    const problem = rules.judge(sight);
    if (problem === undefined) {
      if (interrupted === undefined) return { target, outcome: "sound" };
      await tell("confirmed", patient, sight, interrupted, ports, settings);
      return { target, outcome: "confirmed", why: interrupted.why };
    }
    const { why } = problem;
    const ignored = ignoredBy(sight, settings.ignored);
    if (ignored !== undefined) return { target, outcome: "ignored", why: `${why}; ignored by ${ignored}` };
    return await act(patient, sight, problem, ports, settings);
  } catch (error) {
    return { target, outcome: "failed", error };
  }
}

async function act<S extends Sight>(
  patient: Patient,
  sight: S,
  problem: Problem,
  ports: Ports<S>,
  settings: Settings,
): Promise<Case> {
  const { target, trigger } = patient;
  const { why } = problem;
  const say = (phase: Phase) => tell(phase, patient, sight, problem, ports, settings);
  if (settings.mode === "dry-run") {
    // Whatever event says so: people are told once a day of the same problem.
    const reported = await ports.once(`${target} ${why}`, () => say("reported"));
    return { target, outcome: reported ? "reported" : "deduplicated", why };
  }
  const mended = await ports.once(`${trigger.eventId} ${target}`, async () => {
    await ports.records.append(entryOf("intended", patient, sight, problem, ports, settings));
    try {
      await ports.hands.mend(sight);
    } catch (error) {
      await say("failed");
      throw error;
    }
    await say("repaired");
  });
  return { target, outcome: mended ? "repaired" : "deduplicated", why };
}

async function tell<S extends Sight>(
  phase: Phase,
  patient: Patient,
  sight: S,
  problem: Problem,
  ports: Ports<S>,
  settings: Settings,
): Promise<void> {
  await ports.notices.send(
    await ports.records.append(entryOf(phase, patient, sight, problem, ports, settings)),
  );
}

const entryOf = <S extends Sight>(
  phase: Phase,
  { target, trigger }: Patient,
  { arn }: S,
  { why, evidence }: Problem,
  { now }: Ports<S>,
  { mode }: Settings,
): Entry => ({
  phase,
  mode,
  eventId: trigger.eventId,
  trigger: `${trigger.source}: ${trigger.detailType}`,
  target,
  arn,
  why,
  evidence,
  at: now().toISOString(),
});

async function refuseOrFail(error: unknown, body: string, deadLetters: DeadLetters): Promise<Result> {
  if (!(error instanceof Refusal)) return { outcome: "failed", error, cases: [] };
  try {
    await deadLetters.send(body, error);
    return { outcome: "refused", refusal: error };
  } catch (sendError) {
    return { outcome: "failed", error: sendError, cases: [] };
  }
}
