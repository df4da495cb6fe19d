import { LandfallError, nearest } from "@landfall/core";
import { type Action } from "./pipeline";

/** Which actions of a pipeline are run. */
export interface Span {
  /** A stage, or `stage/action`: where to begin. */
  readonly from: string | undefined;
  /** Where to end, inclusive. */
  readonly until: string | undefined;
}

const label = ({ stage, name }: Action): string => `${stage}/${name}`;

/**
 * The actions from one to another, both inclusive.
 *
 * @throws LandfallError where there is no such stage or action
 */
export function spanOf(actions: readonly Action[], { from, until }: Span): readonly Action[] {
  const first = from === undefined ? 0 : find(actions, "--from", from).first;
  const last = until === undefined ? actions.length - 1 : find(actions, "--until", until).last;
  if (first > last) throw new LandfallError(`'--from' must come before '--until', got: ${from} and ${until}`);
  return actions.slice(first, last + 1);
}

function find(actions: readonly Action[], option: string, name: string): { first: number; last: number } {
  const matches = (action: Action): boolean => {
    const wanted = name.includes("/") ? label(action) : action.stage;
    return wanted.toLowerCase() === name.toLowerCase();
  };
  const first = actions.findIndex(matches);
  if (first >= 0) return { first, last: actions.findLastIndex(matches) };
  const known = [...new Set(actions.flatMap((action) => [action.stage, label(action)]))];
  const guess = nearest(name, known);
  throw new LandfallError(
    `'${option}' must be one of ${known.join(", ")}, got: ${name}${guess === undefined ? "" : ` (did you mean '${guess}'?)`}`,
  );
}
