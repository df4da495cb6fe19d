import { type BatchResult } from "../functions/event-source";
import { type RunningRegions } from "../running-regions";
import { type ZoneAddress } from "./published";

/** One thing that was done to an app, what became of it, and what had to. */
export interface SampleResult {
  /** e.g. a document's name */
  readonly what: string;
  readonly outcome: string;
  readonly expected: string;
  /** Why it was refused. */
  readonly reason?: string;
  readonly traceId?: string;
}

/** A zone as samples see it: deployed, its functions running; its address is that of its home region. */
export interface Stage extends ZoneAddress {
  /** The zone's regions, its home first. */
  readonly regions: readonly string[];
  readonly running: RunningRegions;
  readonly signal: AbortSignal;
}

/** Shows that an app does its work: each result is read back from AWS, not believed from logs. */
export interface AppSamples {
  /** The app's folder, e.g. `intake`. */
  readonly app: string;
  /** What is done to it, e.g. `documents put into the bucket`. */
  readonly title: string;
  /** The way that an event takes. */
  readonly path: string;
  /** Sums of what its functions measured, by name. */
  readonly metrics: ReadonlyMap<string, number>;
  /** Takes in what an invocation of any app reported. */
  note(result: BatchResult): void;
  run(stage: Stage, onResult?: (result: SampleResult) => void): Promise<SampleResult[]>;
}
