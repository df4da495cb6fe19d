import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Environment } from "./emulator-environment";

/** What other processes need to use a running emulator: `dist/local/emulator.json`. */
export interface Announcement {
  readonly pid: number;
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  /** Everything that Terraform and the SDKs need; see `emulatorEnvironment`. */
  readonly env: Environment;
  /** What the emulator can't do, from the workspace's root. */
  readonly limits: string;
  /** ISO 8601 */
  readonly startedAt: string;
}

export const LIMITS_FILE = "tools/local/emulator/limits.json";
const HEALTH_TIMEOUT_MS = 2000;

const announcementFile = (root: string): string => join(root, "dist", "local", "emulator.json");

export const announce = (root: string, announcement: Announcement): void => {
  const file = announcementFile(root);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(announcement, null, 2)}\n`);
  renameSync(`${file}.new`, file);
};

const readAnnouncement = (root: string): Announcement | undefined => {
  try {
    return JSON.parse(readFileSync(announcementFile(root), "utf8")) as Announcement;
  } catch {
    return undefined;
  }
};

/** Removes the announcement, unless it is another emulator's by now. */
export const withdraw = (root: string, pid: number): void => {
  if (readAnnouncement(root)?.pid === pid) rmSync(announcementFile(root), { force: true });
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user's lives too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** What the server at the endpoint says of itself; undefined when it is not, or not yet, ours. */
export const health = async (endpoint: string): Promise<{ readonly moto: string } | undefined> => {
  try {
    const response = await fetch(`${endpoint}/_landfall/health`, {
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    });
    return response.ok ? ((await response.json()) as { moto: string }) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The emulator that runs for this workspace, if one does. An announcement whose emulator is gone is removed.
 *
 * @param root the workspace's root
 */
export const readRunningEmulator = async (root: string): Promise<Announcement | undefined> => {
  const found = readAnnouncement(root);
  if (found && isAlive(found.pid) && (await health(found.endpoint))) return found;
  rmSync(announcementFile(root), { force: true });
  return undefined;
};
