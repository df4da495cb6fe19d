/** From how many resources on progress is shown at once. */
const MANY_RESOURCES = 2000;

/** After how long it is shown in any case. */
const SLOW_MS = 1000;

const EVERY_MS = 100;

/** What progress is written to. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows on a terminal how far a long judgement is: nothing elsewhere, and nothing where it is soon over. */
export class Progress {
  private readonly start = performance.now();
  private shownAt = Number.NEGATIVE_INFINITY;
  private isShown = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly resources: number,
  ) {}

  /** @param index how many of the controls are judged */
  readonly step = (index: number, count: number): void => {
    const now = performance.now();
    const isLong = this.resources > MANY_RESOURCES || now - this.start > SLOW_MS;
    if (this.terminal.isTTY !== true || !isLong || now - this.shownAt < EVERY_MS) return;
    this.shownAt = now;
    this.isShown = true;
    this.terminal.write(`\r\u001B[KJudging ${this.resources} resources: ${index} of ${count} controls`);
  };

  /** Clears the line. */
  end(): void {
    if (this.isShown) this.terminal.write("\r\u001B[K");
  }
}
