import { readJson } from "@nx/devkit";
import { contentOf, said, workspace } from "../testing/workspace";
import { appGenerator } from "./app";

const skipInstall = true;

let lines: string[];
beforeEach(() => {
  lines = said();
});
afterEach(() => jest.restoreAllMocks());

describe("the generator app --from", () => {
  const copy = async (tree = workspace()) => {
    const finish = await appGenerator(tree, { name: "paid-invoices", from: "orders", skipInstall });
    await finish();
    return tree;
  };

  it("copies the app under its own name, files and all", async () => {
    const tree = await copy();
    expect(Object.keys(contentOf(tree, "apps/paid-invoices")).sort()).toEqual([
      "apps/paid-invoices/infra/stack.ts",
      "apps/paid-invoices/package.json",
      "apps/paid-invoices/samples/broken.json",
      "apps/paid-invoices/src/paid-invoices.ts",
      "apps/paid-invoices/src/receipt.ts",
    ]);
    expect(readJson(tree, "apps/paid-invoices/package.json")).toMatchObject({
      name: "@landfall/app-paid-invoices",
      nx: { name: "paid-invoices" },
    });
    expect(JSON.stringify(contentOf(tree, "apps/paid-invoices"))).not.toMatch(/orders/i);
  });

  it("leaves a sample that is broken on purpose broken", async () => {
    expect((await copy()).read("apps/paid-invoices/samples/broken.json", "utf-8")).toBe(
      '{ "paid-invoices": \n',
    );
  });

  it("leaves the other app as it is", async () => {
    expect(contentOf(await copy(), "apps/orders")).toEqual(contentOf(workspace(), "apps/orders"));
  });

  it("lists it where apps are listed: its owner, its row, and what it reads", async () => {
    const tree = await copy();
    expect(tree.read("CODEOWNERS", "utf-8")).toContain(
      "/apps/orders/                @example/orders\n/apps/paid-invoices/         @example/paid-invoices\n\n",
    );
    const page = tree.read("stacks/README.md", "utf-8");
    expect(page).toMatch(
      /^\| \[paid-invoices\]\(\.\.\/apps\/paid-invoices\) +\| global +\| workload, network \|/m,
    );
    expect(page).toContain("\n  keys --> paid-invoices\n```");
  });

  it("tells the next steps, and the tools whose code names the app that was copied", async () => {
    await copy();
    expect(lines.join("\n")).toContain("npx nx run-many -t lint,test,synth -p paid-invoices");
    expect(lines.join("\n")).toContain("  tools/proof/src/table.ts");
    expect(lines.join("\n")).not.toContain("tools/proof/src/other.ts");
  });

  it("changes nothing the second time, keeps what was edited or removed, and says so", async () => {
    const tree = await copy();
    tree.write("apps/paid-invoices/src/receipt.ts", "export const receipt = 2;\n");
    tree.delete("apps/paid-invoices/samples/broken.json");
    tree.write("CODEOWNERS", "* @example/everyone\n");
    const edited = contentOf(tree);
    lines.length = 0;
    await copy(tree);
    expect(contentOf(tree)).toEqual(edited);
    expect(lines).toEqual([
      [
        "The app 'paid-invoices' is there already: nothing was changed.",
        "  kept as it is, it differs from what would be generated: apps/paid-invoices/src/receipt.ts",
        "  not there, and not made: apps/paid-invoices/samples/broken.json",
      ].join("\n"),
    ]);
  });

  it("refuses a name that the app uses for something else, and says where", async () => {
    await expect(appGenerator(workspace(), { name: "receipt", from: "orders" })).rejects.toThrow(
      "Can't make the app 'receipt':\n  'name' must be a word that orders uses for nothing else; see apps/orders/src/receipt.ts, got: \"receipt\"",
    );
  });

  it("names the nearest app where there is none of that name", async () => {
    await expect(appGenerator(workspace(), { name: "invoices", from: "order" })).rejects.toThrow(
      "'from' must be one of orders, got: order (did you mean 'orders'?)",
    );
  });
});

describe("the generator app", () => {
  it("makes the smallest app, whose function has a name of its own", async () => {
    const tree = workspace();
    await appGenerator(tree, { name: "notes", function: "write-down", skipInstall });
    const made = contentOf(tree, "apps/notes");
    expect(Object.keys(made)).toEqual(
      expect.arrayContaining([
        "apps/notes/README.md",
        "apps/notes/infra/stack.ts",
        "apps/notes/infra/write-down-function.ts",
        "apps/notes/src/write-down.function.ts",
        "apps/notes/src/aws/write-down-table.ts",
      ]),
    );
    expect(made["apps/notes/infra/write-down-function.ts"]).toContain(
      'entry: "apps/notes/src/write-down.function.ts"',
    );
    const unnamed = Object.entries(made).filter(([, text]) =>
      /sample-?(?:app|task)|nx-terraform/i.test(text),
    );
    expect(unnamed.map(([path]) => path)).toEqual([]);
    const page = tree.read("stacks/README.md", "utf-8");
    for (const owner of ["bootstrap", "keys", "logging", "network"])
      expect(page).toContain(`${owner} --> notes\n`);
  });

  it("changes nothing the second time", async () => {
    const tree = workspace();
    await appGenerator(tree, { name: "notes", skipInstall });
    const first = contentOf(tree);
    await appGenerator(tree, { name: "notes", skipInstall });
    expect(contentOf(tree)).toEqual(first);
    expect(lines.at(-1)).toBe("The app 'notes' is there already: nothing was changed.");
  });

  it.each([
    ["Paid", "lower-case words of letters and digits, joined by hyphens, a letter first, e.g. paid-invoices"],
    ["paid_invoices", "lower-case words"],
    ["../paid", "lower-case words"],
    ["2paid", "lower-case words"],
    ["paid-", "lower-case words"],
    ["delete", "no word of TypeScript's own: it becomes an identifier"],
    ["network", "a name that no other stack has: stacks/network is there"],
    ["zones", "without zone as its first word"],
    ["zone-local", "without zone as its first word"],
    ["a".repeat(30), "at most 28 characters"],
  ])("refuses the name %s", async (name, allowed) => {
    const tree = workspace();
    const before = contentOf(tree);
    await expect(appGenerator(tree, { name })).rejects.toThrow(
      new RegExp(`^Can't make the app '[^\\n]*':\\n  'name' must be ${allowed}`),
    );
    expect(contentOf(tree)).toEqual(before);
  });

  it("takes the longest name that leaves a function room in the name of its role", async () => {
    const name = "a".repeat(28);
    await expect(
      appGenerator(workspace(), { name, function: "b".repeat(12), skipInstall }),
    ).resolves.toBeDefined();
    await expect(appGenerator(workspace(), { name, function: "b".repeat(13) })).rejects.toThrow(
      "'name' must be at most 12 characters",
    );
  });
});
