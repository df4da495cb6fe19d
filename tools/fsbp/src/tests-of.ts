import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../../..");
const RULES = "libs/fsbp/src/rules";

/** Finds the tests of the workspace that show a control to be judged rightly, or a construct to be as it says. */
export function testFinder(root: string = ROOT): (controlOrFile: string) => readonly string[] {
  let ruleTests: readonly { readonly file: string; readonly text: string }[] | undefined;
  return (controlOrFile) => {
    if (controlOrFile.endsWith(".ts")) {
      const test = controlOrFile.replace(/\.ts$/, ".test.ts");
      return existsSync(join(root, test)) ? [test] : [];
    }
    ruleTests ??= readdirSync(join(root, RULES))
      .filter((name) => name.endsWith(".test.ts") && name !== "index.test.ts")
      .map((name) => ({ file: `${RULES}/${name}`, text: readFileSync(join(root, RULES, name), "utf8") }));
    return ruleTests.filter(({ text }) => text.includes(`"${controlOrFile}"`)).map(({ file }) => file);
  };
}
