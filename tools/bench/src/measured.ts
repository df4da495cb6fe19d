import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a command took, with all the Node.js processes that it started. */
export interface Measured {
  readonly status: number | null;
  readonly output: string;
  readonly milliseconds: number;
  /** Processor time of all processes: unlike the time on the clock, other work on the machine hardly changes it. */
  readonly cpuMilliseconds: number;
  /** Of the largest process. */
  readonly peakMegabytes: number;
}

interface Usage {
  readonly cpu: number;
  readonly rss: number;
}

/** Loaded into each Node.js process: notes at its end what it took. `maxRSS` is in kilobytes, processor time in µs. */
const PROBE = `process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1000, rss: maxRSS / 1024 };
  require("node:fs").writeFileSync(__dirname + "/" + process.pid + ".json", JSON.stringify(usage));
});
`;

/** Enough for what a synthesis of thousands of instances prints. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Runs Node.js in a new process, waits for its end and tells what it took. A failed run is told by its status.
 *
 * @param timeoutSeconds after which it is ended @default never
 */
export function measured(
  args: readonly string[],
  cwd: string,
  { env = {}, timeoutSeconds }: { readonly env?: NodeJS.ProcessEnv; readonly timeoutSeconds?: number } = {},
): Measured {
  const folder = mkdtempSync(join(tmpdir(), "landfall-usage-"));
  const probe = join(folder, "probe.cjs");
  writeFileSync(probe, PROBE);
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --require ${probe}`.trim() },
    ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds * 1000, killSignal: "SIGKILL" }),
  });
  const milliseconds = performance.now() - from;
  const usages = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Usage);
  rmSync(folder, { recursive: true });
  return {
    status,
    output: `${stdout}${stderr}`,
    milliseconds,
    cpuMilliseconds: usages.reduce((sum, { cpu }) => sum + cpu, 0),
    peakMegabytes: Math.max(0, ...usages.map(({ rss }) => rss)),
  };
}
