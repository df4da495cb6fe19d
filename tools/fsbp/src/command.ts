import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { LandfallError } from "@landfall/core";
import { ledgerOf, passes, render, summaryLine } from "@landfall/fsbp";
import { declarationFinder } from "./declarations";
import { judgeInput } from "./judge-input";
import { type Options, optionsOf, USAGE } from "./options";
import { Progress, type Terminal } from "./progress";
import { testFinder } from "./tests-of";

/** Where a command writes. */
export interface Streams {
  readonly out: Terminal;
  readonly error: Terminal;
}

export const PASSED = 0;
export const FAILED = 1;
export const BAD_INPUT = 2;

/**
 * Runs `landfall-fsbp`.
 *
 * @param name what the report calls the input, where its path would say nothing
 * @returns the exit code
 */
export async function command(
  argv: readonly string[],
  streams: Streams = { out: process.stdout, error: process.stderr },
  name?: string,
): Promise<number> {
  try {
    const options = optionsOf(argv);
    if (options !== undefined) return run(options, streams, name ?? options.input);
    streams.out.write(USAGE);
    return PASSED;
  } catch (error) {
    const text =
      error instanceof LandfallError ? error.message : `This is a mistake of ours: ${String(error)}`;
    streams.error.write(`${text}\n`);
    return BAD_INPUT;
  }
}

function run(options: Options, { out, error }: Streams, name: string): number {
  const { input, format, controls, output, ledger, isWhole } = options;
  let progress: Progress | undefined;
  const { report, zone, files } = judgeInput(input, {
    controls,
    isWhole,
    onLoad: (resources) => (progress = new Progress(error, resources)),
    onRule: (index, count) => progress?.step(index, count),
  });
  progress?.end();
  const text = render(report, format, {
    input: name,
    controls,
    testsOf: testFinder(),
    declaredAt: declarationFinder(files),
    ...(zone === undefined ? {} : { sourceLines: zone.sourceLines }),
  });
  if (ledger !== undefined) write(ledger, `${JSON.stringify(ledgerOf(report, controls), undefined, 2)}\n`);
  if (output === undefined) out.write(text);
  else {
    write(output, text);
    out.write(`${summaryLine(ledgerOf(report, controls).summary)}\n`);
  }
  return passes(report) ? PASSED : FAILED;
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new LandfallError(`${file} can't be written: ${(error as Error).message}`);
  }
}
