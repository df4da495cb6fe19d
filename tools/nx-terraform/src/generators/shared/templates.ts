import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { renaming } from "./rename";

/** Where the templates are, from the workspace's root: the path of their functions' code as they name it themselves. */
const FOLDER = "tools/nx-terraform/src/generators/templates";

/**
 * The files of a template under other names. The templates are real code, linted, type-checked and tested where they are.
 *
 * @param template e.g. `app`
 * @param target the folder of what is made, e.g. `apps/invoices`
 * @param replaced new names by those in the template, e.g. `{ "sample-app": "invoices" }`
 * @returns contents by path
 */
export function fromTemplate(
  template: string,
  target: string,
  replaced: Readonly<Record<string, string>>,
): Map<string, string> {
  const folder = join(__dirname, "..", "templates", template);
  const renamings = Object.entries(replaced).map(([from, to]) => renaming(from, to));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry): [string, string] => {
      const file = join(entry.parentPath, entry.name);
      const content = readFileSync(file, "utf8").replaceAll(`${FOLDER}/${template}`, target);
      return renamings.reduce<[string, string]>(
        ([path, text], { path: inPath, content: inContent }) => [inPath(path), inContent(path, text)],
        [join(target, relative(folder, file)), content],
      );
    }),
  );
}
