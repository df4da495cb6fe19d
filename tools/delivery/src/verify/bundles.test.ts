import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundleFunction } from "@landfall/function";
import { assertAllKnown, bundleOf, functionsIn } from "./bundles";

const ENTRY = "apps/one/src/a.function.ts";
const root = realpathSync(mkdtempSync(join(tmpdir(), "landfall-bundles-")));
afterAll(() => rmSync(root, { recursive: true }));

const put = (file: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
};

beforeAll(() => {
  put(ENTRY, 'import { used } from "dependency";\nexport const handler = () => used;\n');
  put("apps/one/src/helper.ts", "export const unused = 1;\n");
  put("apps/two/src/deep/b.function.ts", "export const handler = 1;\n");
  put(
    "node_modules/dependency/package.json",
    '{"name":"dependency","version":"1.0.0","sideEffects":false,"module":"index.mjs"}',
  );
  put(
    "node_modules/dependency/index.mjs",
    'export { used } from "./used.mjs";\nexport { other } from "./other.mjs";\n',
  );
  put("node_modules/dependency/used.mjs", 'export const used = "used";\n');
  put("node_modules/dependency/other.mjs", 'export const other = "other";\n');
});

describe("functionsIn", () => {
  it("finds every function of every app", () => {
    expect(functionsIn(root)).toEqual([ENTRY, "apps/two/src/deep/b.function.ts"]);
  });
});

describe("bundleOf", () => {
  it("knows the zip as it is deployed, and the files of which something is in it", async () => {
    const { sha256, inputs } = await bundleOf(root, ENTRY);
    expect(Buffer.from(sha256, "hex").toString("base64")).toBe(bundleFunction(ENTRY, root).sha256);
    expect(inputs).toEqual([ENTRY, "node_modules/dependency/used.mjs"]);
  });
});

describe("assertAllKnown", () => {
  it("accepts the bundles, and names a zip that is none of them", async () => {
    const bundle = await bundleOf(root, ENTRY);
    put("synth/one/assets/function.zip", bundleFunction(ENTRY, root).zip);
    expect(() => assertAllKnown(join(root, "synth"), [bundle])).not.toThrow();
    put("synth/two/assets/strange.zip", "by hand");
    expect(() => assertAllKnown(join(root, "synth"), [bundle])).toThrow(
      "Each zip that is deployed must be the bundle of a *.function.ts below apps, got: two/assets/strange.zip",
    );
  });
});
