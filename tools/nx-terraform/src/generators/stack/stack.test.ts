import { contentOf, said, workspace } from "../testing/workspace";
import { stackGenerator } from "./stack";

let lines: string[];
beforeEach(() => {
  lines = said();
});
afterEach(() => jest.restoreAllMocks());

describe("the generator stack", () => {
  it("makes a stack with its contract, and lists it", async () => {
    const tree = workspace();
    await stackGenerator(tree, { name: "data-lake", skipInstall: true });
    expect(Object.keys(contentOf(tree, "stacks/data-lake"))).toEqual([
      "stacks/data-lake/package.json",
      "stacks/data-lake/src/contract.ts",
      "stacks/data-lake/src/stack.test.ts",
      "stacks/data-lake/src/stack.ts",
    ]);
    expect(tree.read("stacks/data-lake/src/stack.ts", "utf-8")).toContain(
      "class DataLakeStack extends ZoneStack",
    );
    const page = tree.read("stacks/README.md", "utf-8");
    expect(page).toMatch(/^\| \[data-lake\]\(data-lake\) +\| regional \| every/m);
    expect(page).toContain("\n  keys --> data-lake\n");
    expect(tree.read("CODEOWNERS", "utf-8")).not.toContain("data-lake");
  });

  it("puts scope and accounts into both, the definition and the contract", async () => {
    const tree = workspace();
    await stackGenerator(tree, {
      name: "backup",
      scope: "global",
      accounts: "security,network",
      skipInstall: true,
    });
    for (const file of ["contract", "stack"]) {
      const source = tree.read(`stacks/backup/src/${file}.ts`, "utf-8");
      expect(source).toContain('scope: "global"');
      expect(source).toContain('accounts: ["security", "network"]');
    }
  });

  it("keeps what was edited, changes nothing, and says so", async () => {
    const tree = workspace();
    await stackGenerator(tree, { name: "backup", skipInstall: true });
    tree.write("stacks/backup/src/stack.ts", "export {};\n");
    const edited = contentOf(tree);
    await stackGenerator(tree, { name: "backup", skipInstall: true });
    expect(contentOf(tree)).toEqual(edited);
    expect(lines.at(-1)).toBe(
      "The stack 'backup' is there already: nothing was changed.\n" +
        "  kept as it is, it differs from what would be generated: stacks/backup/src/stack.ts",
    );
  });

  it.each([
    [{ name: "orders" }, "'name' must be a name that no other stack has: apps/orders is there"],
    [{ name: "Backup" }, "'name' must be lower-case words"],
    [
      { name: "backup", accounts: "security,all" },
      "'accounts' must be every, or a list of management, log-archive",
    ],
  ])("refuses %j", async (options, message) => {
    await expect(stackGenerator(workspace(), options)).rejects.toThrow(message);
  });
});
