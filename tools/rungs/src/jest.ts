import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Rung } from "./rungs";
import { run } from "./run";
import { type Tally } from "./tally";

/** What Jest writes with `--json`. */
interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Test files that did not even load. */
  readonly numRuntimeErrorTestSuites: number;
}

/** Runs the tests of a rung. A rung whose results can't be read has failed. */
export async function jest(root: string, { name, workers }: Rung): Promise<Tally> {
  console.log(`\n${name}`);
  const file = join(root, "dist", "test", `${name}.json`);
  rmSync(file, { force: true });
  const code = await run(
    process.execPath,
    [
      join(root, "node_modules", "jest", "bin", "jest.js"),
      `--selectProjects=${name}`,
      `--maxWorkers=${workers}`,
      "--json",
      `--outputFile=${file}`,
      // Its results as JSON are in the file; what a person reads goes to the terminal.
      "--silent=false",
    ],
    root,
    { ...process.env, NX_DAEMON: "false" },
  );
  try {
    const results = JSON.parse(readFileSync(file, "utf8")) as JestResults;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    return {
      passed: results.numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: results.numPendingTests + results.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
