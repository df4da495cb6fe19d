import { setTimeout as delay } from "node:timers/promises";
import { type BatchResult } from "../functions/event-source";

/** What the functions of one app reported. */
export class Heard {
  /** Sums, by the metric's name. */
  readonly metrics = new Map<string, number>();

  constructor(
    private readonly app: string,
    private readonly onLog: (log: Readonly<Record<string, unknown>>, traceId: string) => void,
  ) {}

  /** Takes in an invocation, if it is of this app: a function is named after its zone, its stack and itself. */
  note(result: BatchResult): void {
    if (result.function.split("-")[1] !== this.app) return;
    for (const [name, value] of Object.entries(result.metrics)) {
      this.metrics.set(name, (this.metrics.get(name) ?? 0) + value);
    }
    for (const log of result.logs) this.onLog(log, result.traceId);
  }
}

/** Seconds until something that nothing was heard of counts as lost. */
const TIMEOUT_SECONDS = 60;
const POLL_MS = 200;

/** Waits for a condition. @returns whether it came true in time: within a minute */
export async function until(
  condition: () => boolean | Promise<boolean>,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + TIMEOUT_SECONDS * 1000;
  while (Date.now() < deadline) {
    if (await condition()) return true;
    await delay(POLL_MS, undefined, { signal });
  }
  return false;
}
