/** `node tools/run.mjs fan-out`: prints a CodeBuild buildspec that runs a target as a batch, one build for each stack. */
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { zonesIn } from "@landfall/nx-terraform";
import { batchBuildSpec } from "./build-spec";
import { help, parseOptions } from "./options";
import { stackTasks } from "./stack-tasks";
import { wavesOf } from "./waves";

const ROOT = join(import.meta.dirname, "..", "..", "..");

function main(argv: readonly string[]): void {
  const options = parseOptions(argv, zonesIn(ROOT));
  if (options === undefined) return console.log(help);
  const { zone, target, affected } = options;
  const tasks = stackTasks(ROOT, target, affected);
  if (Object.keys(tasks).length === 0) {
    throw new LandfallError(
      affected
        ? "Nothing is affected: there is nothing to fan out."
        : `No stack has the target '${target}': there is nothing to fan out.`,
    );
  }
  const spec = batchBuildSpec({ zone, target, tasks });
  if (options.waves) {
    for (const [index, wave] of wavesOf(spec).entries()) console.log(`${index + 1}  ${wave.join(", ")}`);
    return;
  }
  // JSON is YAML, and what CodeBuild reads.
  console.log(JSON.stringify(spec, undefined, 2));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof LandfallError ? error.message : error);
  process.exitCode = 1;
}
