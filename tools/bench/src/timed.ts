import { spawnSync } from "node:child_process";
import { LandfallError } from "@landfall/core";

export interface Timed {
  readonly milliseconds: number;
  readonly stdout: string;
}

/**
 * Runs Node.js once in a new process and waits for its end.
 *
 * @throws LandfallError with what it printed, when it fails
 */
export function timed(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Timed {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: "utf8" });
  const milliseconds = performance.now() - from;
  if (status !== 0) throw new LandfallError(`node ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return { milliseconds, stdout };
}
