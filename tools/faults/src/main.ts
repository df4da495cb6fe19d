import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { LandfallError } from "@landfall/core";
import { startEmulator } from "@landfall/local";
import { deployStack } from "./deploy-stack";
import { loadIntake, type LoadOptions } from "./intake-load";
import { putTable } from "./put-table";
import { writeReport } from "./report";
import { synthesize } from "./synthesized";
import { isPass } from "./verdict";

const ROOT = resolve(__dirname, "../../..");

const HELP = `Sends events through the app intake while functions are killed and the emulator refuses calls.

  npm run bench:faults                                10,000 events, seed 1: about 20 minutes on two cores
  npm run bench:faults -- --events 200 --seed 7
  npm run bench:faults -- --write                     puts the table into docs/reliability.md`;

const OPTIONS = {
  events: { type: "string", default: "10000" },
  seed: { type: "string", default: "1" },
  write: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const home = mkdtempSync(join(tmpdir(), "landfall-faults-"));
  const options: LoadOptions = {
    seed: Number(values.seed),
    events: Number(values.events),
    duplicates: 0.05,
    poison: 0.02,
    killed: 0.1,
    refused: 0.05,
    unanswered: 0.01,
    folder: join(home, "functions"),
    say: (line) => console.log(line),
  };
  const stack = synthesize(ROOT, "intake");
  const venv = join(ROOT, "dist", "local", "venv");
  const emulator = await startEmulator({ root: home, venv, region: "eu-west-1", account: "123456789012" });
  try {
    await deployStack(emulator, stack);
    const report = await loadIntake(emulator, stack, options);
    const table = writeReport(options, report);
    console.log(`\n${table}`);
    if (values.write) putTable(ROOT, "bench:faults", table);
    return isPass(report.verdict) ? 0 : 1;
  } finally {
    await emulator.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof LandfallError ? error.message : error);
    return 1;
  })
  .then((code) => process.exit(code));
