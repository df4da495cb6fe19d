import { LandfallError, nearest } from "@landfall/core";
import { type CheckResult } from "../digest/verified";

/** One thing that verify asks of the source. */
export interface Check {
  /** e.g. `lint` */
  readonly name: string;
  /**
   * @returns what to say of it in one line
   * @throws LandfallError where it fails, or {@link Impossible} where it can't be asked here
   */
  readonly run: () => Promise<string>;
  /** Whether the artifact can't be without it: what comes after it needs what it makes. */
  readonly essential?: boolean;
}

/** A check that this machine can't ask, and that nobody insists on here. */
export class Impossible extends Error {}

/** Names of checks to leave out, separated by commas. For rehearsals: a zone of AWS takes nothing that was verified so. */
export const SKIP = "LANDFALL_VERIFY_SKIP";

/** @throws LandfallError where a name is unknown, or that of a check that the artifact can't be without */
export function skippedChecks(checks: readonly Check[], text: string | undefined): readonly string[] {
  const known = checks.filter(({ essential }) => essential !== true).map(({ name }) => name);
  const names = (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  for (const name of names.filter((each) => !known.includes(each))) {
    const guess = nearest(name, known);
    throw new LandfallError(
      `'${SKIP}' must name some of ${known.join(", ")}, got: ${name}${guess === undefined ? "" : ` (did you mean '${guess}'?)`}`,
    );
  }
  return names;
}

/**
 * Runs every check, also after one has failed, so that all that is wrong is known at once; only what an essential one
 * makes can't be judged without it.
 *
 * @throws LandfallError naming the checks that failed
 */
export async function runChecks(
  checks: readonly Check[],
  skipped: readonly string[],
  say: (line: string) => void,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const failed: string[] = [];
  let broken: string | undefined;
  for (const { name, run, essential } of checks) {
    const from = performance.now();
    const end = (outcome: CheckResult["outcome"] | "failed", detail: string): void => {
      const seconds = Math.round((performance.now() - from) / 100) / 10;
      say(`verify ${name.padEnd(11)} ${outcome}${detail === "" ? "" : `: ${detail}`}  ${seconds} s`);
      if (outcome === "failed") failed.push(name);
      else results.push({ name, outcome, ...(detail === "" ? {} : { detail }), seconds });
    };
    if (broken !== undefined) {
      end("failed", `not asked, since ${broken} failed`);
      continue;
    }
    if (skipped.includes(name)) {
      end("skipped", `by ${SKIP}`);
      continue;
    }
    try {
      end("passed", await run());
    } catch (error) {
      if (error instanceof Impossible) end("impossible", error.message);
      else if (error instanceof LandfallError) end("failed", error.message);
      else throw error;
      if (essential === true) broken = name;
    }
  }
  if (failed.length > 0) throw new LandfallError(`Not verified: ${failed.join(", ")} failed, see above`);
  return results;
}
