import { type Trigger } from "./event";

/** The repairs: each has a function, a queue, a role and a switch of its own. */
export const REPAIR_NAMES = [
  "block-public-bucket",
  "close-open-rule",
  "disable-access-key",
  "restart-trail",
] as const;

export type RepairName = (typeof REPAIR_NAMES)[number];

/** `dry-run` says what it would do, and has no permission to do it. */
export type Mode = "dry-run" | "repair";

/** What every repair knows of what it looks at. */
export interface Sight {
  /** The resource's ARN: the patterns of what is ignored are matched with it. */
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What is wrong, and what shows it. */
export interface Problem {
  /** For people, on one line; no more than 200 characters. */
  readonly why: string;
  /** What was seen, as it is recorded: small, and no data. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** The rules of one repair: pure. */
export interface Rules<S extends Sight> {
  readonly name: RepairName;
  /**
   * Where an event says to look, by id; `every` for a look at everything.
   * @throws Refusal where it says nothing that the repair understands
   */
  targetsOf(trigger: Trigger, place: Place): readonly string[] | "every";
  /** What is wrong with what was seen; nothing where it is sound. */
  judge(sight: S): Problem | undefined;
}

/** Where a function runs. */
export interface Place {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** What a repair sees and does in AWS. */
export interface Hands<S extends Sight> {
  /** The ids of all that may be looked at. */
  list(): Promise<readonly string[]>;
  /** What is there now; nothing where it is gone. */
  look(id: string): Promise<S | undefined>;
  /** Takes the problem away. Doing it twice does no more than doing it once. */
  mend(sight: S): Promise<void>;
}
