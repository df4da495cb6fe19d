import { parseArgs } from "node:util";
import { LandfallError, nearest } from "@landfall/core";
import { type Control, CONTROLS, FORMAT_NAMES, SEVERITIES } from "@landfall/fsbp";

export const USAGE = `Judges Terraform JSON by the AWS Foundational Security Best Practices, before anything is deployed.

  landfall-fsbp <folder | file.tf.json | plan.json> [options]

  <folder>            any folder with *.tf.json in it or below: cdktf.out, an output folder of synth
  plan.json           terraform show -json plan.tfplan > plan.json

  --format FORMAT     ${FORMAT_NAMES.join(", ")}                  default: table
  --control ID        only this control; may be repeated, or a list: S3.8,EC2.19
  --severity LEVEL    only controls of this severity or worse: ${SEVERITIES.join(", ")}
  --output FILE       write the report there, and the summary to the terminal
  --ledger FILE       write a row for each control as JSON there
  --whole             the input is all that is managed in its accounts: what is missing there is non-compliant.
                      An output folder of synth that holds a whole zone is so anyway
  --help

Exit code: 0 nothing is non-compliant, 1 something is or an exception is wrong, 2 the input can't be judged.
`;

export interface Options {
  readonly input: string;
  readonly format: string;
  readonly controls: readonly Control[];
  /** Whether some controls were left out by the options. */
  readonly isFiltered: boolean;
  readonly output: string | undefined;
  readonly ledger: string | undefined;
  readonly isWhole: boolean;
}

const FLAGS = {
  format: { type: "string", default: "table" },
  control: { type: "string", multiple: true },
  severity: { type: "string" },
  output: { type: "string" },
  ledger: { type: "string" },
  whole: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * The options of a command line.
 *
 * @returns `undefined` where help is asked for
 * @throws LandfallError in one line, with the nearest name of what is mistyped
 */
export function optionsOf(argv: readonly string[]): Options | undefined {
  const { values, positionals } = parsed(argv);
  if (values.help) return undefined;
  const [input, ...others] = positionals;
  if (input === undefined || others.length > 0) {
    throw new LandfallError(
      `One folder or file is judged at a time, got: ${positionals.join(", ") || "none"}`,
    );
  }
  return {
    input,
    format: oneOf("format", values.format, FORMAT_NAMES),
    controls: controlsOf(values.control, values.severity),
    isFiltered: values.control !== undefined || values.severity !== undefined,
    output: values.output,
    ledger: values.ledger,
    isWhole: values.whole,
  };
}

function parsed(argv: readonly string[]) {
  const mistyped = argv.find((word) => /^--?\w/.test(word) && !isFlag(word));
  if (mistyped !== undefined) {
    const name = mistyped.replace(/=.*$/, "");
    const guess = nearest(
      name,
      Object.keys(FLAGS).map((flag) => `--${flag}`),
    );
    throw new LandfallError(
      `There is no option ${name}${guess === undefined ? "; see --help" : ` (did you mean ${guess}?)`}`,
    );
  }
  try {
    return parseArgs({ args: [...argv], options: FLAGS, allowPositionals: true });
  } catch (error) {
    throw new LandfallError(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

const isFlag = (word: string): boolean =>
  word === "-h" || Object.keys(FLAGS).includes(word.replace(/^--/, "").replace(/=.*$/, ""));

function oneOf(what: string, given: string, known: readonly string[]): string {
  const found = known.find((name) => name.toLowerCase() === given.toLowerCase());
  if (found !== undefined) return found;
  const guess = nearest(given, known);
  const choices = known.length > 10 ? "one of the standard's ids" : `one of ${known.join(", ")}`;
  throw new LandfallError(
    `'${what}' must be ${choices}, got: ${given}${guess === undefined ? "" : ` (did you mean ${guess}?)`}`,
  );
}

function controlsOf(given: readonly string[] | undefined, severity: string | undefined): readonly Control[] {
  const ids = CONTROLS.map(({ id }) => id);
  const chosen = given
    ?.flatMap((each) => each.split(","))
    .filter((each) => each.trim() !== "")
    .map((each) => oneOf("control", each.trim(), ids));
  const worst = severity === undefined ? undefined : oneOf("severity", severity, SEVERITIES);
  const levels: readonly string[] = SEVERITIES.slice(
    0,
    worst === undefined ? undefined : SEVERITIES.findIndex((level) => level === worst) + 1,
  );
  return CONTROLS.filter(
    ({ id, severity: level }) => (chosen?.includes(id) ?? true) && levels.includes(level),
  );
}
