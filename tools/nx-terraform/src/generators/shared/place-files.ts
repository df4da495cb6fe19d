import { logger, type Tree } from "@nx/devkit";
import { formatted } from "./formatted";

/**
 * Writes what is generated, formatted, if none of it is there. As soon as one of the files is there, nothing is written: it is
 * told what differs from what would be generated. So nothing that a user has edited, renamed or removed is ever undone.
 *
 * @param what for the message, e.g. `The app 'invoices'`
 * @param files contents by path
 * @returns whether the files were written
 */
export async function placeFiles(
  tree: Tree,
  what: string,
  files: ReadonlyMap<string, string>,
): Promise<boolean> {
  const entries = await Promise.all(
    [...files].map(async ([path, content]) => ({ path, content: await formatted(tree, path, content) })),
  );
  const present = entries.filter(({ path }) => tree.exists(path));
  if (present.length === 0) {
    for (const { path, content } of entries) tree.write(path, content);
    return true;
  }
  const edited = present.filter(({ path, content }) => tree.read(path, "utf-8") !== content);
  const missing = entries.filter((entry) => !present.includes(entry));
  const lines = [
    ...edited.map(({ path }) => `  kept as it is, it differs from what would be generated: ${path}`),
    ...missing.map(({ path }) => `  not there, and not made: ${path}`),
  ];
  logger.info([`${what} is there already: nothing was changed.`, ...lines].join("\n"));
  return false;
}
