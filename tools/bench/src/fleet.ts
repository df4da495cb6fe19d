import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { type Fingerprints, fingerprintsIn } from "./fingerprints";
import { CHANGED_APP, changeApp, fleetWorkspace, SIZES } from "./fleet-workspace";
import { definitionsIn, FLEET, fleetZone, type FleetZone } from "./fleet-zone";
import { type Measured, measured } from "./measured";
import { type Figures, inSeconds } from "./table";
import { timed } from "./timed";

const NX = { NX_DAEMON: "false", NX_ISOLATE_PLUGINS: "false", NX_TUI: "false", FORCE_COLOR: "0" };

/** Generated fleets: synthesized and judged, and how long it takes to decide what a change of one app concerns. */
export async function benchFleet(root: string): Promise<Figures> {
  const definitions = await definitionsIn(root);
  return {
    columns: [
      "instances",
      "accounts",
      "synthesized and judged",
      "processor time",
      "for each instance",
      "peak memory",
      "of it FSBP",
      `a change in \`${CHANGED_APP}\`: decided`,
      "processor time of that",
      "instances to plan",
    ],
    rows: SIZES.map((size) => row(root, fleetZone(size, definitions))),
  };
}

function row(root: string, zone: FleetZone): readonly string[] {
  const workspace = fleetWorkspace(zone);
  try {
    const out = join(workspace, "dist", "whole");
    const whole = measured(["tools/synth/synth.mjs", "--zone", FLEET, "--out", out], workspace);
    mustHaveWritten(out, zone.instances, whole);
    const { milliseconds: judged } = JSON.parse(
      timed(["--import", "tsx", "tools/bench/src/fsbp-run.ts", out], root).stdout,
    ) as { readonly milliseconds: number };
    const known = fingerprintsIn(out);
    changeApp(workspace);
    const decision = decide(workspace, known);
    return [
      zone.instances.toLocaleString("en"),
      zone.accounts.toLocaleString("en"),
      inSeconds(whole.milliseconds),
      inSeconds(whole.cpuMilliseconds),
      `${(whole.cpuMilliseconds / zone.instances).toFixed(0)} ms`,
      `${whole.peakMegabytes.toFixed(0)} MB`,
      inSeconds(judged),
      inSeconds(decision.milliseconds),
      inSeconds(decision.cpuMilliseconds),
      `${decision.toPlan} of ${zone.instances.toLocaleString("en")}`,
    ];
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** The FSBP check may find something, which is not measured here; what is measured is that everything was written. */
function mustHaveWritten(out: string, instances: number, { output }: Measured): void {
  const folder = join(out, "stacks");
  const written = existsSync(join(out, "zone.json")) ? readdirSync(folder).length : 0;
  if (written !== instances) {
    throw new LandfallError(`'instances' written must be ${instances}, got: ${written}\n${output}`);
  }
}

/** What a person waits for: Nx finds the stacks, they are synthesized and judged, and their fingerprints are compared. */
function decide(
  workspace: string,
  known: Fingerprints,
): { readonly milliseconds: number; readonly cpuMilliseconds: number; readonly toPlan: number } {
  const synth = join(workspace, "dist", "synth", FLEET);
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
  const { output, cpuMilliseconds: nx } = measured(
    ["node_modules/nx/dist/bin/nx.js", "affected", "-t", "synth", `--configuration=${FLEET}`, "--base=HEAD"],
    workspace,
    { env: NX },
  );
  const stacks = existsSync(synth) ? readdirSync(synth) : [];
  const toPlan = stacks.flatMap((stack) =>
    Object.entries(fingerprintsIn(join(synth, stack))).filter(([name, value]) => known[name] !== value),
  );
  const milliseconds = performance.now() - from;
  const { user, system } = process.cpuUsage(cpuFrom);
  const { instances } = JSON.parse(readFileSync(join(synth, CHANGED_APP, "zone.json"), "utf8")) as {
    readonly instances: readonly unknown[];
  };
  if (stacks.join() !== CHANGED_APP || toPlan.length !== instances.length) {
    throw new LandfallError(
      `a change of one function concerns all instances of '${CHANGED_APP}' alone, got: ${toPlan.length} of ${stacks.join(", ")}\n${output}`,
    );
  }
  return { milliseconds, cpuMilliseconds: nx + (user + system) / 1000, toPlan: toPlan.length };
}
