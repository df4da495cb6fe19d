import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";

/** Two signals closer together than this are one wish: a terminal and Nx both pass on the same Ctrl-C. */
const SAME_WISH_MS = 2_000;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The user asked to stop, and it has stopped. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  /** What a shell reports for a process that a signal ended, e.g. 130. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`Stopped by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * The user's wish to stop: the first signal is passed on to the running commands once, which end gracefully and save
 * their states; a later one kills them.
 */
export class Interruption {
  private wish: { readonly signal: NodeJS.Signals; readonly at: number } | undefined;
  private readonly children = new Set<ChildProcess>();

  /** @param tell called with a line for the user, when a running command has been asked to end */
  constructor(private readonly tell: (line: string) => void) {}

  /** Listens for signals from now on. */
  listen(): void {
    for (const signal of signals) process.on(signal, () => this.handle(signal, Date.now()));
  }

  /** @param at milliseconds since the epoch */
  handle(signal: NodeJS.Signals, at: number): void {
    if (this.wish === undefined) {
      this.wish = { signal, at };
      const asked = [...this.children].filter((child) => child.kill("SIGINT"));
      if (asked.length > 0) this.tell("stopping: waiting for what is under way; once more kills it");
    } else if (at - this.wish.at > SAME_WISH_MS) {
      for (const child of this.children) killGroup(child);
    }
  }

  /** @throws InterruptedError once the user has asked to stop */
  assertNone(): void {
    if (this.wish !== undefined) throw new InterruptedError(this.wish.signal);
  }

  /** Waits for a command to end, passing signals on to it, and leaves none of its processes behind. */
  async during(child: ChildProcess): Promise<number> {
    this.children.add(child);
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      // A command's pipes stay open for as long as a child of its own holds them; its end is what counts.
      child.once("exit", (exitCode) => {
        killGroup(child);
        child.once("close", () => resolve(exitCode ?? 1));
      });
    });
    this.children.delete(child);
    return code;
  }
}

/** Kills the command and every process that it has started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The whole group has ended already.
  }
}
