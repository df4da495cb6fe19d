import { type Tree } from "@nx/devkit";
import { formatted } from "./formatted";

/** A stack, as the pages that list all of them show it. */
export interface Listed {
  readonly kind: "app" | "stack";
  readonly name: string;
  readonly scope: string;
  readonly accounts: string;
  /** What it holds, in a few words. */
  readonly holds: string;
  /** The stacks whose contracts it reads. */
  readonly reads: readonly string[];
}

/** Adds a stack to stacks/README.md and, if it is an app, to CODEOWNERS: where these are, and do not name it. */
export async function listStack(tree: Tree, stack: Listed): Promise<void> {
  const page = "stacks/README.md";
  await edit(tree, page, (text) => withRow(withEdges(text, stack), stack));
  if (stack.kind === "app") await edit(tree, "CODEOWNERS", (text) => withOwner(text, stack.name));
}

async function edit(tree: Tree, path: string, change: (text: string) => string): Promise<void> {
  const before = tree.read(path, "utf-8");
  if (before === null) return;
  const after = change(before);
  if (after !== before) tree.write(path, await formatted(tree, path, after));
}

/** After the last row of the table that links to the folders. */
function withRow(text: string, { kind, name, scope, accounts, holds }: Listed): string {
  const link = kind === "app" ? `../apps/${name}` : name;
  if (text.includes(`](${link})`)) return text;
  const row = `| [${name}](${link}) | ${scope} | ${accounts} | ${holds} | the deploy role |`;
  return afterLast(text, /^\| \[[\w-]+\]\([\w./-]+\) +\|.*$/gm, row);
}

/** After the last edge of the graph. */
function withEdges(text: string, { name, reads }: Listed): string {
  const edges = reads.map((owner) => `  ${owner} --> ${name}`).filter((edge) => !text.includes(`${edge}\n`));
  return edges.length === 0
    ? text
    : afterLast(text, /^ {2}[\w-]+ --> [\w>-]+( --> [\w-]+)*$/gm, edges.join("\n"));
}

function withOwner(text: string, name: string): string {
  const path = `/apps/${name}/`;
  return text.includes(path)
    ? text
    : afterLast(text, /^\/apps\/.*$/gm, `${path.padEnd(28)} @example/${name}`);
}

/** The text with a line after the last line that matches; as it is where none does: the page is no longer ours. */
function afterLast(text: string, pattern: RegExp, line: string): string {
  const last = [...text.matchAll(pattern)].at(-1);
  if (last === undefined) return text;
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}

/** The stacks whose contracts the sources import, e.g. `["keys", "network"]`. */
export const contractsRead = (sources: Iterable<string>): string[] =>
  [
    ...new Set(
      [...sources].flatMap((source) =>
        [
          ...source.matchAll(
            /^import \{(?! type)[^}]*\} from "@landfall\/(?:stack|app)-([\w-]+)\/contract";$/gm,
          ),
        ].flatMap((match) => match[1] ?? []),
      ),
    ),
  ].sort();
