import { LandfallError } from "@landfall/core";
import { type Tree } from "@nx/devkit";
import { mentions, renaming } from "../shared/rename";
import { filesIn } from "../shared/workspace-names";

/** What a file name ends with when its content is text in which the app's name may stand. */
const TEXT = /\.(?:ts|mjs|json|md|csv|txt)$/;

/**
 * An app's files under another name: folder, package, stack, classes, construct ids, names of resources, parameters, metrics
 * and prose. What the app calls its things stays.
 *
 * @returns contents by path
 * @throws LandfallError when the app uses the new name for something else, which a copy would mix up with its own name
 */
export function copyOf(tree: Tree, from: string, name: string): Map<string, string> {
  const folder = `apps/${from}`;
  const sources = filesIn(tree, folder).map((path) => ({ path, content: tree.read(path, "utf-8") ?? "" }));
  const taken = sources.find(
    ({ path, content }) =>
      mentions(path.slice(folder.length), name) || (path.endsWith(".ts") && mentions(content, name)),
  );
  if (taken !== undefined) {
    throw new LandfallError(`Can't make the app '${name}':`, [
      { path: "name", given: name, allowed: `a word that ${from} uses for nothing else; see ${taken.path}` },
    ]);
  }
  const { path: inPath, content: inContent } = renaming(from, name);
  return new Map(
    sources.map(({ path, content }) => [
      `apps/${name}${inPath(path.slice(folder.length))}`,
      TEXT.test(path) ? inContent(path, content) : content,
    ]),
  );
}
