import { type Tree } from "@nx/devkit";
import { filesIn } from "../shared/workspace-names";

/**
 * Libraries and tools that name an app in their code, as a folder, a package, a text of its own or a part of a name in AWS: boundaries,
 * proofs, rungs and benchmarks of that app alone.
 */
export function placesThatKnow(tree: Tree, app: string): string[] {
  const named = new RegExp(`apps/${app}\\b|@landfall/app-${app}\\b|"${app}"|-${app}-`);
  return [...filesIn(tree, "libs").filter((path) => !path.endsWith(".test.ts")), ...filesIn(tree, "tools")]
    .filter((path) => path.endsWith(".ts") && !path.startsWith("tools/nx-terraform/"))
    .filter((path) => named.test(withoutComments(tree.read(path, "utf-8") ?? "")))
    .sort();
}

const withoutComments = (source: string): string => source.replace(/^\s*(?:\/?\*|\/\/).*$/gm, "");
