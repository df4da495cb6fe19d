import { closest } from "fastest-levenshtein";

const stackTargetNames = ["synth", "fsbp", "validate", "plan", "deploy", "destroy", "output"];

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
  const words = argv.flatMap((argument) => argument.split(/[=,]/));
  const task = words.find((word) => word.split(":").some((part) => stackTargetNames.includes(part)));
  if (task === undefined) return undefined;
  if (words.includes("--zone")) {
    return "A target's zone is its configuration: write --configuration=<zone> instead of --zone.";
  }
  const flag = words.findIndex((word) => word === "--configuration" || word === "-c");
  const asked = flag < 0 ? task.split(":")[2] : words[flag + 1];
  if (asked === undefined || zones.length === 0 || zones.includes(asked)) return undefined;
  return `Unknown zone "${asked}". Nearest: ${closest(asked, zones)}. Known: ${zones.join(", ")}.`;
}
