import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LandfallError } from "@landfall/core";
import { findEmulator } from "@landfall/nx-terraform";
import { synthWhole } from "../verify/proofs";
import { type Alarm, alarmLine, newlyRinging } from "./alarms";
import { type AlarmPlace, readAlarms } from "./read-alarms";

/** Alarms are evaluated every minute; twice in that is soon enough. */
const POLL_SECONDS = 30;

export interface WatchOptions {
  /** How long, in minutes. */
  readonly minutes: number;
  /** An alarm counts that came into ALARM in these minutes before the watch began: while the deployment ran. */
  readonly sinceMinutes: number;
  readonly say: (line: string) => void;
}

/**
 * Watches the alarms of a zone for a while after a deployment.
 *
 * @throws LandfallError naming the alarms that went off, at once, with what can be done
 */
export async function watch(
  root: string,
  zone: string,
  { minutes, sinceMinutes, say }: WatchOptions,
): Promise<void> {
  const { places, emulated } = await placesOf(root, zone);
  const started = Date.now();
  const from = new Date(started - sinceMinutes * 60_000);
  // The emulator evaluates no alarm: what one look shows is all there is to see.
  const end = emulated ? started : started + minutes * 60_000;
  for (;;) {
    const alarms = await readAlarms(zone, places);
    const ringing = newlyRinging(alarms, from);
    if (ringing.length > 0) throw new LandfallError(wentOff(zone, ringing));
    const left = end - Date.now();
    say(
      `${alarms.length} alarms of the zone ${zone}, none has gone off; ${Math.max(0, Math.ceil(left / 60_000))} min left`,
    );
    if (left <= 0) return;
    await delay(Math.min(left, POLL_SECONDS * 1_000));
  }
}

const wentOff = (zone: string, ringing: readonly Alarm[]): string =>
  [
    `${ringing.length > 1 ? `${ringing.length} alarms` : "1 alarm"} of the zone ${zone} went off after the deployment:`,
    ...ringing.map((alarm) => `  ${alarmLine(alarm)}`),
    "Roll forward: commit what mends it. Or go back: revert the commit, which plans the previous revision and applies it once approved.",
  ].join("\n");

/** The accounts and regions that a zone has stacks in. */
async function placesOf(
  root: string,
  zone: string,
): Promise<{ readonly places: readonly AlarmPlace[]; readonly emulated: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-watch-"));
  try {
    await synthWhole(root, zone, folder);
    const { zone: data, instances } = JSON.parse(readFileSync(join(folder, "zone.json"), "utf8")) as {
      readonly zone: { readonly emulated?: boolean };
      readonly instances: readonly { readonly accountId: string; readonly region: string }[];
    };
    if (data.emulated === true) Object.assign(process.env, (await findEmulator(root, zone)).env);
    const places = new Map(
      instances.map(({ accountId, region }) => [`${accountId} ${region}`, { account: accountId, region }]),
    );
    return { places: [...places.values()], emulated: data.emulated ?? false };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
