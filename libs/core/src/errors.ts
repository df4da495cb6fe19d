/** One thing wrong with a user's input: where it is, what was given and what is allowed. */
export interface Problem {
  /** Where the value is, e.g. `network.blocks.eu-west-1`. Empty for the input as a whole. */
  readonly path: string;
  /** The value as it was given; `undefined` when it is missing. */
  readonly given?: unknown;
  /** The constraint in words, e.g. `12 digits, e.g. 123456789012`. */
  readonly allowed: string;
}

/** The longest rendering of a given value in a message, in characters. */
const GIVEN_LIMIT = 80;

const renderGiven = (given: unknown): string => {
  if (given === undefined) return "nothing";
  const text = JSON.stringify(given) ?? String(given);
  return text.length > GIVEN_LIMIT ? `${text.slice(0, GIVEN_LIMIT)}…` : text;
};

/** `'network.blocks.eu-west-1' must be an IPv4 CIDR block …, got: "10.0.0"` */
export const renderProblem = ({ path, given, allowed }: Problem): string =>
  `'${path || "(root)"}' must be ${allowed}, got: ${renderGiven(given)}`;

/**
 * A mistake that the user can mend. Its message is all that the user needs to see: command line tools print it
 * without a stack trace and exit with 1.
 */
export class LandfallError extends Error {
  override readonly name = "LandfallError";

  /**
   * @param summary one line that names the cause and, where there is one, the next step
   * @param problems every problem found, in the order of the input
   */
  constructor(
    summary: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super([summary, ...problems.map((problem) => `  ${renderProblem(problem)}`)].join("\n"));
  }
}
