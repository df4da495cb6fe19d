import type { Action, UiEvent } from "./ui-stream";

/** The longest silence while something is under way. */
const HEARTBEAT_MS = 10_000;

/** The most resources that one line names. */
const NAMED = 3;

const done: Readonly<Record<Action, string>> = {
  create: "created",
  update: "changed",
  delete: "destroyed",
  replace: "replaced",
  read: "read",
  noop: "kept",
};

/** Turns what Terraform reports into lines that read well between those of other stacks. */
export class Progress {
  private readonly running = new Map<string, number>();
  private finished = 0;
  private readonly startedAt: number;
  private spokeAt: number;

  /**
   * @param phase what is under way as a whole, e.g. `planning`
   * @param total how many changes there will be; 0 when that isn't known
   * @param now milliseconds since the epoch
   */
  constructor(
    private readonly phase: string,
    private readonly total: number,
    private readonly print: (line: string) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.startedAt = this.now();
    this.spokeAt = this.startedAt;
  }

  see(event: UiEvent): void {
    if (event.type !== "started" && event.type !== "completed" && event.type !== "errored") return;
    if (event.action === "read") return;
    if (event.type === "started") {
      this.running.set(event.address, this.now());
      return;
    }
    this.running.delete(event.address);
    if (event.type === "errored") {
      this.say(`${event.address} failed  ${event.seconds} s`);
    } else {
      this.finished += 1;
      this.say(`${event.address} ${done[event.action]}  ${event.seconds} s${this.count()}`);
    }
  }

  /** Says what is being waited for, when nothing has been said for a while. */
  tick(): void {
    if (this.now() - this.spokeAt < HEARTBEAT_MS) return;
    const waits = [...this.running].map(([address, since]) => `${address} ${this.secondsSince(since)} s`);
    const more = waits.length > NAMED ? ` and ${waits.length - NAMED} more` : "";
    this.say(
      waits.length > 0
        ? `waiting for ${waits.slice(0, NAMED).join(", ")}${more}${this.count()}`
        : `${this.phase}  ${this.secondsSince(this.startedAt)} s`,
    );
  }

  private say(line: string): void {
    this.print(line);
    this.spokeAt = this.now();
  }

  private readonly count = (): string => (this.total > 0 ? `  (${this.finished}/${this.total})` : "");

  private readonly secondsSince = (time: number): number => Math.round((this.now() - time) / 1_000);
}
