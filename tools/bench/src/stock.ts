import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fleetWorkspace, SIZES } from "./fleet-workspace";
import { definitionsIn, FLEET, fleetZone, type FleetZone } from "./fleet-zone";
import { initWorkspace } from "./init-workspace";
import { type Measured, measured } from "./measured";
import { type Figures, inSeconds } from "./table";

/** No dependency of ours: 423 MB, with a native add-on. */
const CLI = "cdktf-cli@0.21.0";

/** What the CLI sets where nothing else is set. */
const NODE_OPTIONS = "--max-old-space-size=4096";

/** After which a synthesis counts as out of reach. */
const TIMEOUT_SECONDS = 15 * 60;

/** The same fleets by the stock `cdktf synth`, set up as `cdktf init` does it: no FSBP, no incremental decision. */
export async function benchStock(root: string): Promise<Figures> {
  const definitions = await definitionsIn(root);
  const folder = mkdtempSync(join(tmpdir(), "landfall-cdktf-cli-"));
  console.log(`Installing ${CLI} to ${folder}…`);
  execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, CLI], {
    stdio: "ignore",
  });
  const home = join(folder, "node_modules", "cdktf-cli");
  const { bin } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as {
    readonly bin: { readonly cdktf: string };
  };
  const cli = join(home, bin.cdktf);
  const rows = SIZES.map((size) => row(cli, fleetZone(size, definitions)));
  rmSync(folder, { recursive: true });
  return {
    columns: ["instances", "`cdktf synth`", "processor time", "for each instance", "peak memory"],
    rows,
  };
}

function row(cli: string, zone: FleetZone): readonly string[] {
  const workspace = fleetWorkspace(zone);
  try {
    const { cwd, args } = initWorkspace(workspace, FLEET);
    writeFileSync(
      join(cwd, "cdktf.json"),
      JSON.stringify({
        language: "typescript",
        app: [process.execPath, ...args].join(" "),
        projectId: "fleet",
        sendCrashReports: "false",
      }),
    );
    const run = measured([cli, "synth"], cwd, {
      // An inherited configuration of Terraform's is none of this.
      env: { CHECKPOINT_DISABLE: "1", CI: "1", TF_CLI_CONFIG_FILE: join(cwd, "cdktf.json"), NODE_OPTIONS },
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    const out = join(cwd, "cdktf.out", "stacks");
    const written = existsSync(out) ? readdirSync(out).length : 0;
    const instances = zone.instances.toLocaleString("en");
    if (run.status !== 0 || written !== zone.instances) return [instances, failure(run), "", "", ""];
    return [
      instances,
      inSeconds(run.milliseconds),
      inSeconds(run.cpuMilliseconds),
      `${(run.cpuMilliseconds / zone.instances).toFixed(0)} ms`,
      `${run.peakMegabytes.toFixed(0)} MB`,
    ];
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

function failure({ status, output, milliseconds }: Measured): string {
  if (status === null) return `not done after ${TIMEOUT_SECONDS / 60} minutes`;
  if (output.includes("heap out of memory")) return `out of memory after ${inSeconds(milliseconds)}`;
  // The last words of the log say why.
  console.log(output.slice(-2000));
  return `failed after ${inSeconds(milliseconds)}`;
}
