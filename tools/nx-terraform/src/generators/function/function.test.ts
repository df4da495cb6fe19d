import { type Tree } from "@nx/devkit";
import { appGenerator } from "../app/app";
import { contentOf, said, workspace } from "../testing/workspace";
import { functionGenerator } from "./function";
import { wired } from "./wire";

let lines: string[];
beforeEach(() => {
  lines = said();
});
afterEach(() => jest.restoreAllMocks());

async function withApp(): Promise<Tree> {
  const tree = workspace();
  await appGenerator(tree, { name: "notes", skipInstall: true });
  return tree;
}

describe("the generator function", () => {
  it("adds handler, domain, adapters, construct and tests, and makes it in the stack", async () => {
    const tree = await withApp();
    const before = Object.keys(contentOf(tree));
    await functionGenerator(tree, { name: "send-letter", app: "notes" });
    expect(Object.keys(contentOf(tree)).filter((path) => !before.includes(path))).toEqual([
      "apps/notes/infra/send-letter-function.test.ts",
      "apps/notes/infra/send-letter-function.ts",
      "apps/notes/src/aws/send-letter-dead-letter-queue.ts",
      "apps/notes/src/aws/send-letter-table.ts",
      "apps/notes/src/send-letter.function.test.ts",
      "apps/notes/src/send-letter.function.ts",
      "apps/notes/src/send-letter.test.ts",
      "apps/notes/src/send-letter.ts",
    ]);
    expect(tree.read("apps/notes/infra/stack.ts", "utf-8")).toMatch(
      /\n {4}new SendLetterFunction\(this, "SendLetter", \{ keys, logging, network \}\);\n {4}this\.publish\(/,
    );
  });

  it("changes nothing the second time, and keeps edits in the function and in the stack", async () => {
    const tree = await withApp();
    await functionGenerator(tree, { name: "send-letter", app: "notes" });
    tree.write("apps/notes/src/send-letter.ts", "export {};\n");
    const stack = "apps/notes/infra/stack.ts";
    tree.write(stack, `${tree.read(stack, "utf-8")}// mine\n`);
    const edited = contentOf(tree);
    await functionGenerator(tree, { name: "send-letter", app: "notes" });
    expect(contentOf(tree)).toEqual(edited);
    expect(lines.at(-1)).toContain(
      "The function 'send-letter' of notes is there already: nothing was changed.",
    );
    expect(lines.at(-1)).toContain("apps/notes/src/send-letter.ts");
  });

  it("leaves a stack that it does not understand as it is, and tells what to write", async () => {
    const tree = workspace();
    const before = tree.read("apps/orders/infra/stack.ts", "utf-8");
    await functionGenerator(tree, { name: "refund", app: "orders" });
    expect(tree.read("apps/orders/infra/stack.ts", "utf-8")).toBe(before);
    expect(tree.exists("apps/orders/infra/refund-function.ts")).toBe(true);
    expect(lines.at(-1)).toContain("it has no class with a constructor");
    expect(lines.at(-1)).toContain('new RefundFunction(this, "Refund", { keys, logging, network });');
  });

  it.each([
    [{ name: "Refund", app: "orders" }, "'name' must be lower-case words"],
    [{ name: "r".repeat(38), app: "orders" }, "'name' must be at most 34 characters"],
    [{ name: "refund", app: "order" }, "'app' must be one of orders, got: order (did you mean 'orders'?)"],
  ])("refuses %j", async (options, message) => {
    await expect(functionGenerator(workspace(), options)).rejects.toThrow(message);
  });
});

describe("wired", () => {
  const stack = (body: string) => `import { a } from "a";

export class NotesStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
${body}
  }
}
`;
  const consumed = `    const theKeys = this.consume(keysContract);
    const logging = this.consume(loggingContract);
    const network = this.consume(networkContract);`;

  it("goes to the end of a constructor that publishes nothing, with the constants that it finds", () => {
    expect(wired(stack(consumed), "refund").source.replace(/\s+/g, " ")).toContain(
      'this.consume(networkContract); new RefundFunction(this, "Refund", { keys: theKeys, logging, network }); } }',
    );
  });

  it("changes nothing but the import and the statement", () => {
    const before = stack(`${consumed}\n    // a comment\n    this.publish(contract, {});`);
    const { source } = wired(before, "refund");
    const kept = source
      .replace('\nimport { RefundFunction } from "./refund-function";', "")
      .replace(/new RefundFunction\(.*\n/, "");
    expect(kept).toBe(before);
  });

  it("names what a constructor lacks: a contract that is consumed twice would clash", () => {
    const destructured = consumed.replace("theKeys", "{ dataKeyArn }");
    expect(wired(stack(destructured), "refund")).toEqual({
      source: stack(destructured),
      missing: "its constructor has no const keys = this.consume(keysContract)",
    });
  });
});
