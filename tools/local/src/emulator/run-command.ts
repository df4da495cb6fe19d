import { execFile } from "node:child_process";

export interface CommandResult {
  readonly ok: boolean;
  /** Standard output, trimmed. */
  readonly output: string;
  /** Why it failed, in one line: the last line of standard error, or why it did not start. Empty if it is `ok`. */
  readonly problem: string;
}

export type RunCommand = (
  file: string,
  args: readonly string[],
  timeoutSeconds?: number,
) => Promise<CommandResult>;

/** Runs a program to its end, without a shell; never rejects. */
export const runCommand: RunCommand = (file, args, timeoutSeconds = 30) =>
  new Promise((settle) => {
    execFile(file, args, { timeout: timeoutSeconds * 1000, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      const lastLine = stderr.trim().split("\n").at(-1) ?? "";
      let problem = lastLine || (error?.message ?? "");
      if (error?.killed) problem = `no answer in ${timeoutSeconds} s`;
      if (error?.code === "ENOENT") problem = "not there";
      settle({ ok: error === null, output: stdout.trim(), problem: error ? problem : "" });
    });
  });
