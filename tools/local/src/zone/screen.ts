/** Width of the column that names the step. */
const TITLE_WIDTH = 9;
const LINE_WIDTH = 74;

/** `3 min 5 s`, or `4.2 s` below a minute. */
export const duration = (seconds: number): string =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;

/** What `npm start` prints: one paragraph for each step, its lines in one column, its time at the end. */
export class Screen {
  constructor(private readonly print: (line: string) => void) {}

  /** A line of its own. */
  line(text = ""): void {
    this.print(text);
  }

  /** A line below the step that is under way. */
  detail(text: string): void {
    this.print(`${" ".repeat(TITLE_WIDTH)} ${text}`);
  }

  /** The lines of a step; the last carries its time. */
  step(title: string, lines: readonly string[], seconds?: number): void {
    lines.forEach((text, index) => {
      const head = (index === 0 ? title : "").padEnd(TITLE_WIDTH);
      const last = index === lines.length - 1 && seconds !== undefined;
      this.print(
        last ? `${head} ${text.padEnd(LINE_WIDTH)} ${duration(seconds).padStart(9)}` : `${head} ${text}`,
      );
    });
  }
}
