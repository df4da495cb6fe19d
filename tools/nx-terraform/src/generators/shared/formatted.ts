import { readJson, type Tree } from "@nx/devkit";
import { type Options, type Plugin } from "prettier";
import * as estree from "prettier/plugins/estree";
import * as markdown from "prettier/plugins/markdown";
import * as typescript from "prettier/plugins/typescript";
import * as babel from "prettier/plugins/babel";
import * as prettier from "prettier/standalone";

const plugins: Plugin[] = [estree as Plugin, markdown, typescript, babel];

/** What Prettier formats here, by the file's ending. An app's samples are left as they are: some are broken on purpose. */
const parsers: Readonly<Record<string, string>> = { ts: "typescript", md: "markdown" };

/**
 * A text as Prettier writes it with the workspace's options.
 *
 * The standalone build instead of Nx's `formatFiles`, because it formats a text before it is decided whether to write it, and
 * because Prettier's main module can't be loaded inside of Jest.
 */
export async function formatted(tree: Tree, path: string, content: string): Promise<string> {
  const isManifest = path.endsWith("/package.json");
  const parser = isManifest ? "json-stringify" : parsers[path.split(".").at(-1) ?? ""];
  if (parser === undefined) return content;
  const options: Options = tree.exists(".prettierrc.json") ? readJson<Options>(tree, ".prettierrc.json") : {};
  // The path tells TypeScript from TSX, where type parameters are written otherwise.
  return prettier.format(content, { ...options, parser, filepath: path, plugins });
}
