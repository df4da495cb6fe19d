import { distance } from "fastest-levenshtein";

/** The known name that a mistyped one most likely meant; `undefined` when none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, edits: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= Math.max(2, Math.floor(given.length / 3)) ? best.name : undefined;
}
