import { setTimeout as delay } from "node:timers/promises";
import { LandfallError } from "@landfall/core";
import { detectionSeconds, failoverAnswer, type Health, HealthTracker } from "./failover";
import { probe } from "./probe";
import { type FailoverRecord, type HealthCheck } from "./route53";

/** What a drill needs to know of the deployed name. */
export interface Drilled {
  /** The two sides of the name. */
  readonly records: readonly FailoverRecord[];
  readonly checks: readonly HealthCheck[];
  /** Where a check's endpoint is reached here; undefined when it is not. */
  readonly reach: (fqdn: string, port: number) => string | undefined;
}

/** What is done to the primary region, and what is looked at in between. */
export interface Exercise {
  /** Makes the primary's health endpoint fail. */
  readonly fail: () => Promise<void>;
  /** Mends it. */
  readonly mend: () => Promise<void>;
  /**
   * Uses the service at the record that answers, e.g. places an order and reads it and earlier ones back.
   *
   * @throws Error when that does not work
   */
  readonly use: (answer: FailoverRecord, phase: Phase) => Promise<void>;
  readonly say: (line: string) => void;
}

export type Phase = "before" | "failed over" | "back";

export interface DrillOptions {
  /** Real milliseconds for each second between probes. A health endpoint that keeps its answer needs real time. @default 1000 */
  readonly millisecondsPerSecond?: number;
}

export interface DrillReport {
  /** Seconds by the checks' own intervals, from the failure to the change of the answer. */
  readonly failoverSeconds: number;
  /** And from the mending. */
  readonly recoverySeconds: number;
  /** What the configuration allows for either. */
  readonly allowedSeconds: number;
}

/** One more round than the threshold asks for: the failure falls between two probes. */
const SPARE_ROUNDS = 1;
/** Rounds until every endpoint must have answered: the first call of a function may be a slow one. */
const SETTLING_ROUNDS = 6;

/**
 * Fails the primary side of a name and mends it again, and follows the answer that Route 53 would give.
 *
 * Probes are real requests; time is counted in the intervals of the checks.
 *
 * @throws LandfallError when the answer does not change in time, or changes to another side
 */
export async function drill(
  drilled: Drilled,
  exercise: Exercise,
  { millisecondsPerSecond = 1000 }: DrillOptions = {},
): Promise<DrillReport> {
  const clock = new Clock(drilled, millisecondsPerSecond);
  await clock.settle();
  const before = clock.answer();
  expectRole(before, "PRIMARY", "before the drill");
  exercise.say(`${before.name} is answered by ${before.setIdentifier} (${before.target})`);
  await exercise.use(before, "before");

  await exercise.fail();
  exercise.say("the primary's health endpoint fails");
  const failoverSeconds = await clock.until("SECONDARY");
  const during = clock.answer();
  exercise.say(`after ${failoverSeconds} s it is answered by ${during.setIdentifier} (${during.target})`);
  await exercise.use(during, "failed over");

  await exercise.mend();
  exercise.say("the primary is mended");
  const recoverySeconds = await clock.until("PRIMARY");
  exercise.say(`after ${recoverySeconds} s it is answered by ${clock.answer().setIdentifier} again`);
  await exercise.use(clock.answer(), "back");
  return { failoverSeconds, recoverySeconds, allowedSeconds: clock.allowedSeconds };
}

const expectRole = (record: FailoverRecord, role: FailoverRecord["role"], when: string): void => {
  if (record.role !== role)
    throw new LandfallError(`${record.name} must be answered by its ${role.toLowerCase()} ${when}`);
};

/** Probes all checks again and again, each at its interval. */
class Clock {
  private readonly sides: readonly {
    readonly check: HealthCheck;
    readonly url: string;
    readonly tracker: HealthTracker;
  }[];
  private readonly stepSeconds: number;
  private seconds = 0;

  constructor(
    private readonly drilled: Drilled,
    private readonly millisecondsPerSecond: number,
  ) {
    this.sides = drilled.records.map(({ name, setIdentifier, healthCheckId }) => {
      const check = drilled.checks.find(({ id }) => id === healthCheckId);
      const url = check && drilled.reach(check.fqdn, check.port);
      if (!check || url === undefined)
        throw new LandfallError(
          `The record ${name} (${setIdentifier}) needs a health check that is reached here`,
        );
      return { check, url, tracker: new HealthTracker(check) };
    });
    this.stepSeconds = Math.min(...this.sides.map(({ check }) => check.intervalSeconds));
  }

  get allowedSeconds(): number {
    return Math.max(...this.sides.map(({ check }) => detectionSeconds(check)));
  }

  answer(): FailoverRecord {
    return failoverAnswer(this.drilled.records, (id): Health => {
      const side = this.sides.find(({ check }) => check.id === id);
      return side?.tracker.health ?? "healthy";
    });
  }

  /** Lets rounds pass until all have answered in the same one, so that no earlier failure is counted later. */
  async settle(): Promise<void> {
    for (let round = 1; !(await this.round()); round++) {
      if (round === SETTLING_ROUNDS)
        throw new LandfallError(`Every health endpoint must answer before the drill, within ${round} probes`);
    }
  }

  /** Lets the shortest interval pass, then asks whichever checks are due. @returns whether all of them answered */
  async round(): Promise<boolean> {
    await delay(this.stepSeconds * this.millisecondsPerSecond);
    this.seconds += this.stepSeconds;
    const due = this.sides.filter(({ check }) => this.seconds % check.intervalSeconds < this.stepSeconds);
    const answers = await Promise.all(
      due.map(async ({ check, url, tracker }) => {
        const answered = await probe(check, url);
        tracker.observe(answered);
        return answered;
      }),
    );
    return answers.every(Boolean);
  }

  /** @returns the seconds that it took */
  async until(role: FailoverRecord["role"]): Promise<number> {
    const from = this.seconds;
    const latest = this.allowedSeconds + SPARE_ROUNDS * this.stepSeconds;
    while (this.answer().role !== role) {
      if (this.seconds - from >= latest) {
        throw new LandfallError(
          `The answer did not change to the ${role.toLowerCase()} within ${latest} s, the configured intervals times the threshold`,
        );
      }
      await this.round();
    }
    return this.seconds - from;
  }
}
