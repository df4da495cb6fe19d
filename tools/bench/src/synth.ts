import { rmSync } from "node:fs";
import { join } from "node:path";
import { initWorkspace } from "./init-workspace";
import { type Figures, inSeconds, median, ratio } from "./table";
import { timed } from "./timed";

const RUNS = 7;
/** The slow way takes half a minute a run. */
const SLOW_RUNS = 3;

/** Whole-zone synthesis, each run in a new process and a new folder, beside loading cdktf alone and the way `cdktf init` sets an app up. */
export function benchSynth(root: string): Figures {
  const repeat = (runs: number, run: () => number) => median(Array.from({ length: runs }, run));
  const cdktf = repeat(RUNS, () => timed(["-e", 'require("cdktf")'], root).milliseconds);
  const ours = repeat(RUNS, () => {
    const out = join(root, "dist", "bench", "synth");
    rmSync(out, { recursive: true, force: true });
    return timed(["tools/synth/synth.mjs", "--out", out], root).milliseconds;
  });
  const without = timed(
    ["tools/synth/synth.mjs", "--stack", "network", "--out", join(root, "dist", "bench", "one")],
    root,
  );
  const init = initWorkspace(root);
  const slow = repeat(SLOW_RUNS, () => timed(init.args, init.cwd).milliseconds);
  return {
    columns: ["what", "time", "beside loading cdktf", "beside ours"],
    rows: [
      ["(a) node loads `cdktf` alone", inSeconds(cdktf), "1.0 ×", ratio(cdktf, ours)],
      ["whole zone, cold: bundle, function bundles, JSON", inSeconds(ours), ratio(ours, cdktf), "1.0 ×"],
      [
        "one stack without a function (`network`), cold",
        inSeconds(without.milliseconds),
        ratio(without.milliseconds, cdktf),
        ratio(without.milliseconds, ours),
      ],
      [
        "(b) the same app as `cdktf init` sets it up: ts-node, root import",
        inSeconds(slow),
        ratio(slow, cdktf),
        ratio(slow, ours),
      ],
    ],
  };
}
