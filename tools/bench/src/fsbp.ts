import { rmSync } from "node:fs";
import { join } from "node:path";
import { fsbpConfiguration } from "./fsbp-configuration";
import { type Figures, inSeconds, median } from "./table";
import { timed } from "./timed";

const RUNS = 5;

/** A zone's size, and up to what an enterprise keeps in one place. */
const SIZES = [1000, 2500, 5000, 10_000, 20_000];

interface Run {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly findings: number;
}

/** The FSBP judgement of the organization zone, and of generated configurations: time, memory, and time for each resource. */
export function benchFsbp(root: string): Figures {
  const zone = join(root, "dist", "bench", "fsbp-zone");
  timed(["tools/synth/synth.mjs", "--zone", "organization", "--out", zone], root);
  const rows = [row(root, "zone `organization`", zone, undefined)];
  for (const size of SIZES) {
    const folder = fsbpConfiguration(size);
    rows.push(row(root, `${size.toLocaleString("en")} generated resources`, folder, size));
    rmSync(folder, { recursive: true });
  }
  return {
    columns: ["what", "read and judged", "whole process", "peak memory", "findings", "for each resource"],
    rows,
  };
}

function row(root: string, what: string, folder: string, size: number | undefined): readonly string[] {
  const runs = Array.from({ length: RUNS }, () => {
    const { milliseconds: whole, stdout } = timed(
      ["--import", "tsx", "tools/bench/src/fsbp-run.ts", folder],
      root,
    );
    return { whole, ...(JSON.parse(stdout) as Run) };
  });
  const of = (value: (run: Run & { readonly whole: number }) => number) => median(runs.map(value));
  const judged = of(({ milliseconds }) => milliseconds);
  return [
    what,
    inSeconds(judged),
    inSeconds(of(({ whole }) => whole)),
    `${of(({ megabytes }) => megabytes).toFixed(0)} MB`,
    of(({ findings }) => findings).toLocaleString("en"),
    size === undefined ? "" : `${((judged / size) * 1000).toFixed(0)} µs`,
  ];
}
