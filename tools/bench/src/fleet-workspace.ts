import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyWorkspace } from "@landfall/rungs/workspace";
import { FLEET, type FleetZone, zoneSource } from "./fleet-zone";

/** The size of the fleets: instances at least. */
export const SIZES = [10, 100, 1000];

/** The app that is changed. */
export const CHANGED_APP = "orders";

/** A copy of the workspace with the generated zone in it, committed, so that Nx can tell what has changed. */
export function fleetWorkspace(zone: FleetZone): string {
  const copy = copyWorkspace();
  const folder = join(copy, "libs", "zones", FLEET);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "zone.ts"), zoneSource(zone));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.com", ...args], {
      cwd: copy,
    });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=start");
  return copy;
}

/** Changes the code of one function of one app. */
export function changeApp(workspace: string): void {
  const folder = join(workspace, "apps", CHANGED_APP, "src");
  const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".function.ts"));
  appendFileSync(join(folder, file), "\nexport const changed = true;\n");
}
