import { LandfallError, nearest } from "@landfall/core";
import { type Tree } from "@nx/devkit";

const having = (tree: Tree, folder: string, file: string): string[] =>
  tree
    .children(folder)
    .filter((name) => tree.exists(`${folder}/${name}/${file}`))
    .sort();

export const zoneNames = (tree: Tree): string[] => having(tree, "libs/zones", "zone.ts");

export const appNames = (tree: Tree): string[] => having(tree, "apps", "infra/stack.ts");

/** @throws LandfallError that names what is known, and the nearest of it */
export function mustBeOneOf(option: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return;
  const guess = nearest(given, known);
  throw new LandfallError(
    `'${option}' must be one of ${known.join(", ") || "none, there is none yet"}, got: ${given}${guess ? ` (did you mean '${guess}'?)` : ""}`,
  );
}

/** The paths of every file below a folder. */
export function filesIn(tree: Tree, folder: string): string[] {
  return tree.children(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    return tree.isFile(path) ? [path] : filesIn(tree, path);
  });
}
