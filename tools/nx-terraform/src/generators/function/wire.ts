import { names } from "@nx/devkit";
import ts from "typescript";

/** A stack's source with a function in it; or why it was left as it is. */
export interface Wired {
  readonly source: string;
  readonly missing?: string;
}

/** What a function takes, and the contract that each part comes from. */
const CONTRACTS = { keys: "keysContract", logging: "loggingContract", network: "networkContract" } as const;

/**
 * Makes a function in a stack's constructor, before the contract is published. Nothing else in the file is changed.
 *
 * A contract can be consumed once in a stack, so the function takes the constants that hold their values, under any name.
 *
 * @param source the file of the app's stack
 * @param name the function's, e.g. `refund`
 */
export function wired(source: string, name: string): Wired {
  const file = ts.createSourceFile("stack.ts", source, ts.ScriptTarget.Latest, true);
  const body = file.statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => [...members])
    .find(ts.isConstructorDeclaration)?.body;
  if (body === undefined) return { source, missing: "it has no class with a constructor" };

  const values = Object.entries(CONTRACTS).map(([prop, contract]) => ({
    prop,
    contract,
    constant: constantOf(body, contract),
  }));
  const absent = values.filter(({ constant }) => constant === undefined);
  if (absent.length > 0) {
    const wanted = absent.map(({ prop, contract }) => `const ${prop} = this.consume(${contract})`);
    return { source, missing: `its constructor has no ${wanted.join(", no ")}` };
  }
  const { className } = names(name);
  const props = values.map(({ prop, constant }) => (prop === constant ? prop : `${prop}: ${constant}`));
  const made = `new ${className}Function(this, "${className}", { ${props.join(", ")} });\n`;
  const lastImport = file.statements.filter(ts.isImportDeclaration).at(-1)?.end ?? 0;
  const before = body.statements.find((statement) => /^this\.publish\(/.test(statement.getText(file)));
  const place = before?.getStart(file) ?? body.end - 1;
  return {
    source: [
      source.slice(0, lastImport),
      `\nimport { ${className}Function } from "./${name}-function";`,
      source.slice(lastImport, place),
      made,
      source.slice(place),
    ].join(""),
  };
}

/** The name of the constant that holds a contract's values. */
function constantOf(body: ts.Block, contract: string): string | undefined {
  const declarations = body.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  const name = declarations.find(
    ({ initializer }) => initializer?.getText() === `this.consume(${contract})`,
  )?.name;
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}
