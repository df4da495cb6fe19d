import { passes, render } from "@landfall/fsbp";
import { judgeInput } from "./judge-input";

/**
 * Judges what the synthesizer has just written. It says nothing when all is well.
 *
 * @param outdir the synthesizer's output folder
 * @returns whether nothing is non-compliant and no exception is wrong
 */
export function checkOutput(outdir: string): boolean {
  const { report } = judgeInput(outdir);
  const isGood = passes(report);
  if (!isGood) process.stderr.write(`\n${render(report, "table", { input: outdir })}`);
  return isGood;
}
