/** There was no time left: the record should come again, in a batch with more of it. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}

/** Milliseconds that work on a record needs: one call that stalls until its socket times out. */
const NEEDED_MS = 6_000;
/** Milliseconds that are kept to report what was done and what was not. */
const REPORT_MS = 1_000;

/**
 * Makes what runs work before a deadline. Work that would begin too late is not begun; work that is not done in time is given up:
 * what it still does is harmless, since it is idempotent.
 *
 * @param remaining milliseconds until the function times out, asked anew each time
 */
export const inTimeFor =
  (remaining: () => number) =>
  async <Done>(work: () => Promise<Done>): Promise<Done> => {
    const left = remaining();
    if (left < NEEDED_MS + REPORT_MS) throw new DeadlinePassed(`not begun: ${left} ms were left`);
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new DeadlinePassed(`given up after ${left - REPORT_MS} ms`)),
        left - REPORT_MS,
      );
    });
    try {
      return await Promise.race([work(), expired]);
    } finally {
      clearTimeout(timer);
    }
  };
