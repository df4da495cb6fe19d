import { LandfallError } from "@landfall/core";

/** What a shell reports for a command that Ctrl-C has ended. */
const INTERRUPTED = 130;

/**
 * Runs a command of the local zone: its signal is aborted by the first Ctrl-C, so that it can end what it started; a
 * user's mistake is shown without a stack trace.
 */
export function runCommand(command: (signal: AbortSignal) => Promise<number>): void {
  const abort = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (!abort.signal.aborted) console.log("\nStopping: what is under way is ended and cleaned up…");
      abort.abort();
    });
  }
  command(abort.signal)
    .catch((error: unknown) => {
      if (abort.signal.aborted) return INTERRUPTED;
      console.error(error instanceof LandfallError ? `\n${error.message}` : error);
      return 1;
    })
    .then((code) => process.exit(code));
}
