import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import type * as bundling from "./bundle";

const ENTRY = "apps/sample/src/sample.function.ts";
const PACKAGE = "node_modules/dependency/index.js";

let root: string;
const write = (file: string, content: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
};

/** The code that a new process would get: nothing is known but what is on the disk. */
function codeOfNewProcess(): string {
  let code = "";
  jest.isolateModules(() => {
    const { bundleFunction } = jest.requireActual<typeof bundling>("./bundle");
    code = Buffer.from(unzipSync(bundleFunction(ENTRY, root).zip)["index.js"] ?? []).toString();
  });
  return code;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "bundle-cache-"));
  write("package.json", "{}");
  write("tsconfig.json", "{}");
  write("node_modules/.package-lock.json", '{"version":1}');
  write(PACKAGE, 'exports.name = "first";');
  write("apps/sample/src/part/index.ts", 'export const part = "part";');
  write(
    ENTRY,
    'import { name } from "dependency"; import { part } from "./part"; export const handler = async () => name + part;',
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Seen only by a build: the packages are known by npm's record of them. */
const changePackage = () => write(PACKAGE, 'exports.name = "second";');

describe("a function's bundle", () => {
  it("is not built again while nothing has changed", () => {
    const first = codeOfNewProcess();
    changePackage();
    expect(first).toContain('"first"');
    expect(codeOfNewProcess()).toBe(first);
  });

  it.each([
    ["one of our files in it", () => write("apps/sample/src/part/index.ts", 'export const part = "other";')],
    ["the packages that are installed", () => write("node_modules/.package-lock.json", '{"version":2}')],
    ["a file that an import finds first", () => write("apps/sample/src/part.ts", "export const part = 1;")],
    ["a tsconfig", () => write("tsconfig.json", '{"compilerOptions":{}}')],
    ["a package.json of ours", () => write("libs/core/package.json", '{"name":"@landfall/core"}')],
    ["what packs it", () => write("libs/function/src/own-source-map.ts", "export {};")],
  ])("is built again after a change of %s", (_, change) => {
    codeOfNewProcess();
    changePackage();
    change();
    expect(codeOfNewProcess()).toContain('"second"');
  });

  it("is built again where what was kept is missing, damaged or can't be read", () => {
    const kept = (part: string) =>
      readdirSync(join(root, "dist/bundles"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(part))
        .map((file) => join(root, "dist/bundles", file));
    codeOfNewProcess();
    changePackage();
    for (const zip of kept(".zip")) writeFileSync(zip, "damaged");
    expect(codeOfNewProcess()).toContain('"second"');
    for (const record of kept(".json")) writeFileSync(record, "{");
    expect(codeOfNewProcess()).toContain('"second"');
    rmSync(join(root, "dist"), { recursive: true });
    expect(codeOfNewProcess()).toContain('"second"');
  });

  it("is always built where npm has left no record of the packages", () => {
    rmSync(join(root, "node_modules/.package-lock.json"));
    codeOfNewProcess();
    changePackage();
    expect(codeOfNewProcess()).toContain('"second"');
  });

  it("is the same bytes built or remembered, in any folder", () => {
    const zipIn = () => {
      const [zip = ""] = readdirSync(join(root, "dist/bundles"), {
        recursive: true,
        encoding: "utf8",
      }).filter((file) => file.endsWith(".zip"));
      return readFileSync(join(root, "dist/bundles", zip));
    };
    codeOfNewProcess();
    const before = zipIn();
    const elsewhere = mkdtempSync(join(tmpdir(), "bundle-cache-other-"));
    for (const folder of ["apps", "node_modules", "package.json", "tsconfig.json"]) {
      cpSync(join(root, folder), join(elsewhere, folder), { recursive: true });
    }
    rmSync(root, { recursive: true });
    root = elsewhere;
    codeOfNewProcess();
    expect(zipIn().equals(before)).toBe(true);
  });
});
