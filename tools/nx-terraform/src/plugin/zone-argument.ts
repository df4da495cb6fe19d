import { closest } from "fastest-levenshtein";

const stackTargetNames = [
  "synth",
  "fsbp",
  "validate",
  "plan",
  "apply",
  "deploy",
  "drift",
  "rehearse",
  "destroy",
  "unlock",
  "output",
];

/**
 * What is wrong with the zone that a command line asks for.
 *
 * Nx falls back to the default configuration when it doesn't know the one that was asked for: without this check a
 * deploy to a mistyped zone would deploy another zone, and report success.
 *
 * @param argv the arguments of `nx`, e.g. `["run-many", "-t", "deploy", "--configuration=sandbox"]`
 * @param zones every zone's name
 * @returns one line for the user, or `undefined` when nothing is wrong, or when the command runs no target of a stack
 */
export function zoneProblem(argv: readonly string[], zones: readonly string[]): string | undefined {
  const words = wordsOf(argv);
  if (taskIn(words) === undefined) return undefined;
  if (words.includes("--zone")) {
    return "A target's zone is its configuration: write --configuration=<zone> instead of --zone.";
  }
  const asked = askedZone(argv);
  if (asked === undefined || zones.length === 0 || zones.includes(asked)) return undefined;
  return `Unknown zone "${asked}". Nearest: ${closest(asked, zones)}. Known: ${zones.join(", ")}.`;
}

/** The zone that a command line asks for; `undefined` when it leaves that to the default. */
export function askedZone(argv: readonly string[]): string | undefined {
  const words = wordsOf(argv);
  const flag = words.findIndex((word) => word === "--configuration" || word === "-c");
  return flag < 0 ? taskIn(words)?.split(":")[2] : words[flag + 1];
}

const wordsOf = (argv: readonly string[]): string[] => argv.flatMap((argument) => argument.split(/[=,]/));

const taskIn = (words: readonly string[]): string | undefined =>
  words.find((word) => word.split(":").some((part) => stackTargetNames.includes(part)));
