import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";

/** A synthesized zone as far as a rehearsal looks into it. */
export interface SynthesizedZone {
  readonly emulated: boolean;
  /** The home region. */
  readonly region: string;
  /** The home account's id. */
  readonly account: string;
}

/** Synthesizes a whole zone: its pipeline, and all that says what roles may do. @throws LandfallError with what the synthesizer said */
export function synthesize(root: string, zone: string, out: string): SynthesizedZone {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["tools/synth/synth.mjs", "--zone", zone, "--out", out],
    // Verify judges it.
    { cwd: root, encoding: "utf8", env: { ...process.env, LANDFALL_FSBP: "off" } },
  );
  if (status !== 0) throw new LandfallError(stderr.trim());
  const { zone: data, instances } = JSON.parse(readFileSync(join(out, "zone.json"), "utf8")) as {
    readonly zone: { readonly emulated?: boolean; readonly regions: { readonly home: string } };
    readonly instances: readonly { readonly accountId: string }[];
  };
  return {
    emulated: data.emulated ?? false,
    region: data.regions.home,
    account: instances[0]?.accountId ?? "",
  };
}
