import { readFileSync } from "node:fs";
import { logger, type Tree } from "@nx/devkit";
import { createTreeWithEmptyWorkspace } from "@nx/devkit/testing";

const zone = (name: string, block: string, rest = "") => `import { defineZone } from "@landfall/core";

export const zone = defineZone({
  name: "${name}",
  account: "123456789012",
  ${rest}
  regions: { home: "eu-west-1", recovery: "eu-central-1" },
  network: { block: "${block}" },
  domain: "${name}.example.com",
  retention: { logDays: 90, archiveDays: 365 },
  contacts: { security: "security@example.com" },
});
`;

/** A workspace with two zones, a stack, an app of one word, and the pages that list what there is. */
export function workspace(): Tree {
  const tree = createTreeWithEmptyWorkspace();
  const files: Readonly<Record<string, string>> = {
    ".prettierrc.json": '{ "printWidth": 110 }',
    "libs/zones/local/zone.ts": zone("local", "10.64.0.0/14", "emulated: true,"),
    "libs/zones/sandbox/zone.ts": zone("sandbox", "10.68.0.0/14"),
    "stacks/network/src/stack.ts": "export {};\n",
    "stacks/README.md": readFileSync("stacks/README.md", "utf8"),
    CODEOWNERS:
      "* @example/platform\n\n/apps/orders/                @example/orders\n\n/CODEOWNERS @example/platform\n",
    "apps/orders/package.json": '{ "name": "@landfall/app-orders", "nx": { "name": "orders" } }\n',
    "apps/orders/infra/stack.ts": `import { keysContract } from "@landfall/stack-keys/contract";
export class OrdersStack {}
export const definition = defineStack({ name: "orders", scope: "global", accounts: ["workload", "network"] });
`,
    "apps/orders/src/orders.ts": "export const orders = [];\n",
    "apps/orders/src/receipt.ts": "export const receipt = 1;\n",
    "apps/orders/samples/broken.json": '{ "orders": \n',
    "tools/proof/src/table.ts": 'export const app = "orders";\n',
    "tools/proof/src/other.ts": '/** e.g. "orders" */\nexport const other = 1;\n',
  };
  for (const [path, content] of Object.entries(files)) tree.write(path, content);
  return tree;
}

/** What the generators say, instead of on the screen. Jest's `restoreAllMocks` ends it. */
export function said(): string[] {
  const lines: string[] = [];
  jest.spyOn(logger, "info").mockImplementation((text: unknown) => void lines.push(String(text)));
  return lines;
}

/** Every file below a folder: contents by path. */
export function contentOf(tree: Tree, folder = "."): Record<string, string> {
  return Object.fromEntries(
    tree.children(folder).flatMap((name) => {
      const path = folder === "." ? name : `${folder}/${name}`;
      return tree.isFile(path)
        ? [[path, tree.read(path, "utf-8") ?? ""]]
        : Object.entries(contentOf(tree, path));
    }),
  );
}
