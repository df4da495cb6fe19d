import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { isRunning } from "./emulator";

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  /** What it is doing, e.g. `deploy`. */
  readonly command: string;
}

const WAIT_MS = 200;

/** The locks that this process holds: another one may have had its id before, and left a lock behind. */
const ours = new Set<string>();

/**
 * Takes a lock between processes of this machine: a file that names its holder. One left behind by a process that is
 * gone is taken over.
 *
 * @returns the holder when another process has it, `undefined` when it is now ours
 */
export function tryLock(file: string, command: string): Holder | undefined {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, command } satisfies Holder), { flag: "wx" });
      ours.add(file);
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readHolder(file);
    const lives =
      holder !== undefined && (holder.pid === process.pid ? ours.has(file) : isRunning(holder.pid));
    if (lives) return holder;
    rmSync(file, { force: true });
  }
}

/** Gives a lock back. */
export function unlock(file: string): void {
  rmSync(file, { force: true });
  ours.delete(file);
}

/** Does something while holding a lock, after waiting for it as long as it takes. */
export async function whileLocked<Result>(
  file: string,
  command: string,
  task: () => Promise<Result>,
): Promise<Result> {
  while (tryLock(file, command) !== undefined) await sleep(WAIT_MS);
  try {
    return await task();
  } finally {
    unlock(file);
  }
}

/** `undefined` when the file is gone, or its writer was cut off before it had written its name. */
function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}
