import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

import { LandfallError } from "@landfall/core";

/** A running emulator, as tools/local announces it in `dist/local/emulator.json`. */
export interface Emulator {
  readonly pid: number;
  /** e.g. `http://127.0.0.1:4566` */
  readonly endpoint: string;
  /** What Terraform and every SDK process needs to reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** The file of what it can't do, relative to the workspace. */
  readonly limits: string;
  /** ISO 8601. Its content lives as long as it runs, so this also names what state belongs to. */
  readonly startedAt: string;
}

/** How long an emulator may take to accept a connection. */
const CONNECT_MS = 2_000;

/**
 * Finds the running emulator.
 *
 * @throws LandfallError when none is announced, or the announced one is gone
 */
export async function findEmulator(root: string, zone: string): Promise<Emulator> {
  const file = join(root, "dist", "local", "emulator.json");
  const emulator = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Emulator) : undefined;
  if (emulator !== undefined && isRunning(emulator.pid) && (await answers(emulator.endpoint)))
    return emulator;
  throw new LandfallError(`The ${zone} zone is not up; run this in another terminal: npm run local`);
}

/** Whether a process lives, also when it belongs to another user. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function answers(endpoint: string): Promise<boolean> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: CONNECT_MS });
    const settle = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.once("connect", settle(true)).once("error", settle(false)).once("timeout", settle(false));
  });
}

/** The environment of Terraform for an emulated zone: nothing of the caller's AWS settings, all of the emulator's. */
export const emulatedEnv = (
  env: Readonly<Record<string, string>>,
  emulator: Emulator,
): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("AWS_"))),
  ...emulator.env,
});
