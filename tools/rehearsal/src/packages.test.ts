import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { linkPackages } from "./packages";

const LOCK = JSON.stringify({
  packages: {
    "": { name: "landfall" },
    "libs/core": { name: "@landfall/core" },
    "node_modules/zod": {},
  },
});

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

const workspace = (files: Readonly<Record<string, string>>): string => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "landfall-packages-")));
  folders.push(root);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }
  return root;
};

const installed = () =>
  workspace({
    "package-lock.json": LOCK,
    "node_modules/.package-lock.json": LOCK,
    "node_modules/zod/index.js": "",
    "node_modules/@landfall/core/index.js": "the one of this workspace",
  });

describe("linkPackages", () => {
  it("shares the packages, and takes our own from the clean folder", () => {
    const root = installed();
    const clean = workspace({ "package-lock.json": LOCK, "libs/core/package.json": "{}" });
    linkPackages(root, clean);
    expect(realpathSync(join(clean, "node_modules/zod"))).toBe(join(root, "node_modules/zod"));
    expect(realpathSync(join(clean, "node_modules/@landfall/core"))).toBe(join(clean, "libs/core"));
    const [copy, lock] = ["node_modules/.package-lock.json", "package-lock.json"].map(
      (file) => statSync(join(clean, file)).mtimeMs,
    );
    expect(copy).toBeGreaterThanOrEqual(lock ?? Infinity);
  });

  it("refuses to link other packages than the source asks for", () => {
    const clean = workspace({ "package-lock.json": '{"packages":{}}' });
    expect(() => linkPackages(installed(), clean)).toThrow("run `npm ci`, or use --install=ci");
    expect(existsSync(join(clean, "node_modules"))).toBe(false);
  });
});
