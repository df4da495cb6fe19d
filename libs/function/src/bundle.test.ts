import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { unzipSync } from "fflate";
import { bundleFunction } from "./bundle";

const ENTRY = "src/sample.function.ts";
const workspace = (): string => {
  const root = mkdtempSync(join(tmpdir(), "bundle-"));
  cpSync(join(__dirname, "fixtures"), join(root, "src"), { recursive: true });
  return root;
};

describe("bundleFunction", () => {
  it("gives the same bytes in another folder", () => {
    const [one, two] = [bundleFunction(ENTRY, workspace()), bundleFunction(ENTRY, workspace())];
    expect(Buffer.from(one.zip).equals(Buffer.from(two.zip))).toBe(true);
    expect(one.sha256).toBe(two.sha256);
  });

  it("gives the same bytes in another time zone", () => {
    const before = process.env.TZ;
    const zips = ["Pacific/Auckland", "America/Los_Angeles"].map((zone) => {
      process.env.TZ = zone;
      return bundleFunction(ENTRY, workspace()).sha256;
    });
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
    expect(zips[0]).toBe(zips[1]);
  });

  it("holds the code that Lambda's handler names, and its source map, with no trace of the folder", () => {
    const root = workspace();
    const files = unzipSync(bundleFunction(ENTRY, root).zip);
    expect(Object.keys(files)).toEqual(["index.js", "index.js.map"]);
    for (const content of Object.values(files)) expect(Buffer.from(content).toString()).not.toContain(root);
  });

  it("maps its own lines and leaves the packages out", () => {
    const root = workspace();
    mkdirSync(join(root, "node_modules", "dependency"), { recursive: true });
    writeFileSync(
      join(root, "node_modules", "dependency", "index.js"),
      "export const fail = () => { throw new Error(); };\n",
    );
    writeFileSync(
      join(root, ENTRY),
      'import { fail } from "dependency";\n\nexport const handler = async () => {\n  fail();\n  throw new RangeError("own");\n};\n',
    );
    const files = unzipSync(bundleFunction(ENTRY, root).zip);
    const [code = "", map = ""] = ["index.js", "index.js.map"].map((file) =>
      Buffer.from(files[file] ?? []).toString(),
    );
    const trace = new TraceMap(map);
    const positionOf = (text: string) => {
      const before = code.slice(0, code.indexOf(text)).split("\n");
      return originalPositionFor(trace, { line: before.length, column: before.at(-1)?.length ?? 0 });
    };
    expect(trace.sources).toEqual(["../../src/sample.function.ts"]);
    expect(positionOf("new RangeError")).toMatchObject({ source: "../../src/sample.function.ts", line: 5 });
    expect(positionOf("new Error")).toMatchObject({ source: null });
  });

  it("changes when the code does", () => {
    const [plain, changed] = [workspace(), workspace()];
    writeFileSync(join(changed, ENTRY), "export const handler = async () => 'other';\n");
    expect(bundleFunction(ENTRY, plain).sha256).not.toBe(bundleFunction(ENTRY, changed).sha256);
  });

  it("names the file and line of what does not build", () => {
    const root = workspace();
    writeFileSync(join(root, ENTRY), "import './missing';\nexport const handler = 1;\n");
    expect(() => bundleFunction(ENTRY, root)).toThrow(/src\/sample\.function\.ts:1:7/);
  });
});
