import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { LandfallError } from "@landfall/core";
import { benchBundle } from "./bundle";
import { benchFleet } from "./fleet";
import { benchFsbp } from "./fsbp";
import { benchStart } from "./start";
import { benchStock } from "./stock";
import { benchSynth } from "./synth";
import { type Figures, table } from "./table";

const ROOT = resolve(__dirname, "../../..");
const REPORT = join(ROOT, "docs", "performance.md");

const SUITES: Readonly<Record<string, (root: string) => Figures | Promise<Figures>>> = {
  synth: benchSynth,
  bundle: benchBundle,
  fsbp: benchFsbp,
  start: benchStart,
  fleet: benchFleet,
  stock: benchStock,
};

/** Run only when they are asked for: they download what is no dependency of ours. */
const ASKED_FOR = ["stock"];

const HELP = `Measures what docs/performance.md states, each figure beside what it is compared with.

  npm run bench                      every suite but ${ASKED_FOR.join(", ")}: about 10 minutes
  npm run bench -- synth bundle      these suites only: ${Object.keys(SUITES).join(", ")}
  npm run bench -- stock             the fleets by the stock cdktf-cli, which is downloaded for it: 423 MB, about 20 minutes
  npm run bench -- --write           puts the tables into docs/performance.md`;

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    console.log(HELP);
    return 0;
  }
  const chosen = argv.filter((each) => each !== "--write");
  const unknown = chosen.filter((name) => !(name in SUITES));
  if (unknown.length > 0) {
    throw new LandfallError(
      `'suite' must be one of ${Object.keys(SUITES).join(", ")}, got: ${unknown.join(", ")}`,
    );
  }
  console.log(`Node.js ${process.versions.node}, ${cpus().length} cores\n`);
  for (const [name, measure] of Object.entries(SUITES)) {
    if (chosen.length > 0 ? !chosen.includes(name) : ASKED_FOR.includes(name)) continue;
    console.log(`Measuring ${name}…`);
    const text = table(await measure(ROOT));
    console.log(`\n${text}\n`);
    if (argv.includes("--write")) put(name, text);
  }
  return 0;
}

/** Replaces a suite's table in the report, between its two marks. */
function put(name: string, text: string): void {
  const [start, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const report = readFileSync(REPORT, "utf8");
  const [from, to] = [report.indexOf(start), report.indexOf(end)];
  if (from < 0 || to < from)
    throw new LandfallError(`docs/performance.md needs the marks ${start} and ${end}`);
  writeFileSync(REPORT, `${report.slice(0, from)}${start}\n\n${text}\n\n${report.slice(to)}`);
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof LandfallError ? error.message : error);
    return 1;
  })
  .then((code) => process.exit(code));
