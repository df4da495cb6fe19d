import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LandfallError, nearest } from "@landfall/core";
import { CHECKS, check } from "./checks";
import { jest } from "./jest";
import { missingFor } from "./requirements";
import { RUNGS, type Rung } from "./rungs";
import { add, closingLine, NOTHING, type Tally } from "./tally";
import { ROOT } from "./workspace";

const HELP = `Runs the tests, rung by rung, as far as this machine can.

  npm test                      every rung
  npm test -- unit synth        these rungs only

Rungs:
  check      types, lint, format
${RUNGS.map(({ name, proves }) => `  ${name.padEnd(10)} ${proves}`).join("\n")}

With CI set, a rung whose tools are missing fails instead of being skipped.`;

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    console.log(HELP);
    return 0;
  }
  const chosen = choose(argv);
  mkdirSync(join(ROOT, "dist", "test"), { recursive: true });
  let total = NOTHING;
  if (chosen.includes("check")) for (const each of CHECKS) total = add(total, await check(ROOT, each));
  for (const rung of RUNGS.filter(({ name }) => chosen.includes(name))) total = add(total, await climb(rung));
  console.log(`\n${closingLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}

/** Runs a rung, or says in one line what it would need. */
async function climb(rung: Rung): Promise<Tally> {
  const missing = await missingFor(rung, ROOT);
  if (missing === undefined) return jest(ROOT, rung);
  const required = process.env.CI !== undefined && process.env.CI !== "false";
  console.log(`\n${rung.name}: ${required ? "failed" : "skipped"}: ${missing}`);
  return { ...NOTHING, ...(required ? { failed: 1 } : { skipped: 1 }) };
}

/** @throws LandfallError when a rung is unknown */
function choose(argv: readonly string[]): readonly string[] {
  const known = ["check", ...RUNGS.map(({ name }) => name)];
  for (const name of argv.filter((each) => !known.includes(each))) {
    const guess = nearest(name, known);
    throw new LandfallError(
      `'rung' must be one of ${known.join(", ")}, got: ${name}${guess ? ` (did you mean '${guess}'?)` : ""}`,
    );
  }
  return argv.length === 0 ? known : argv;
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof LandfallError ? error.message : error);
    return 1;
  })
  .then((code) => process.exit(code));
