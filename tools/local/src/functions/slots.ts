/** A number of places, given out in the order of asking. */
export class Slots {
  private readonly waiting: (() => void)[] = [];
  private taken = 0;

  /** @param size at least 1 */
  constructor(readonly size: number) {}

  /** Waits for a place. @returns gives the place back; calling it again does nothing */
  async take(): Promise<() => void> {
    if (this.taken < this.size) this.taken += 1;
    else await new Promise<void>((settle) => this.waiting.push(settle));
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.waiting.shift();
      if (next) next();
      else this.taken -= 1;
    };
  }
}
