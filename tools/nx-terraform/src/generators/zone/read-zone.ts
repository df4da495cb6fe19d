import { runInNewContext } from "node:vm";
import { LandfallError } from "@landfall/core";
import { type Tree } from "@nx/devkit";
import ts from "typescript";
import { type ZoneData } from "./zone";

/**
 * The data of a zone as its file has it, without the defaults. A zone is data alone, so the argument of `defineZone` is read and
 * nothing is imported.
 *
 * @throws LandfallError when the file holds more than data
 */
export function readZone(tree: Tree, zone: string): ZoneData {
  const path = `libs/zones/${zone}/zone.ts`;
  const source = ts.createSourceFile(path, tree.read(path, "utf-8") ?? "", ts.ScriptTarget.Latest, true);
  const data = argumentIn(source)?.getText(source);
  try {
    // Through JSON, because what comes out of another context is made of its own kind of objects.
    return JSON.parse(JSON.stringify(runInNewContext(`(${data ?? ""})`, {}, { timeout: 1000 }))) as ZoneData;
  } catch {
    throw new LandfallError(
      `'${path}' must hold defineZone({ … }) with values alone, so that it can be read`,
    );
  }
}

function argumentIn(node: ts.Node): ts.Expression | undefined {
  if (ts.isCallExpression(node) && node.expression.getText() === "defineZone") return node.arguments[0];
  return ts.forEachChild(node, argumentIn);
}
