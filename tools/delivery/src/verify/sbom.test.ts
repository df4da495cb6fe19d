import { type LockedPackages, sbomOf } from "./sbom";

const SHA_512 = Buffer.alloc(64, 7);

const LOCK: LockedPackages = {
  "apps/intake": { name: "@landfall/app-intake", version: "0.1.0" },
  "libs/core": { name: "@landfall/core", version: "0.1.0" },
  "node_modules/zod": {
    version: "4.6.7",
    license: "MIT",
    integrity: `sha512-${SHA_512.toString("base64")}`,
  },
  "node_modules/@aws-sdk/client-s3": { version: "3.1.0", license: "Apache-2.0" },
  "node_modules/@aws-sdk/client-s3/node_modules/tslib": { version: "1.0.0", license: "0BSD OR MIT" },
  "node_modules/unused": { version: "9.9.9", license: "MIT" },
};

const BUNDLE = {
  entry: "apps/intake/src/catalogue.function.ts",
  sha256: "ab".repeat(32),
  inputs: [
    "apps/intake/src/catalogue.function.ts",
    "libs/core/src/index.ts",
    "node_modules/zod/index.js",
    "node_modules/zod/v4/core.js",
    "../../elsewhere/node_modules/@aws-sdk/client-s3/dist/index.js",
    "node_modules/@aws-sdk/client-s3/node_modules/tslib/tslib.js",
  ],
};

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly hashes: readonly unknown[] } };
  readonly components: readonly Readonly<Record<string, unknown>>[];
}

const bom = (): Bom => JSON.parse(sbomOf(BUNDLE, LOCK)) as Bom;

describe("sbomOf", () => {
  it("is a CycloneDX document that is about the zip, by its hash", () => {
    const { bomFormat, specVersion, metadata } = bom();
    expect([bomFormat, specVersion]).toEqual(["CycloneDX", "1.6"]);
    expect(metadata.component).toMatchObject({
      name: BUNDLE.entry,
      hashes: [{ alg: "SHA-256", content: BUNDLE.sha256 }],
    });
  });

  it("lists each package of which a file is in the bundle once, and no other", () => {
    expect(bom().components.map((component) => component["bom-ref"])).toEqual(
      [
        "apps/intake",
        "node_modules/@aws-sdk/client-s3",
        "libs/core",
        "node_modules/@aws-sdk/client-s3/node_modules/tslib",
        "node_modules/zod",
      ].sort(),
    );
  });

  it("has version, package URL, licence and hash of each by the lock file", () => {
    const byRef = (ref: string) => bom().components.find((component) => component["bom-ref"] === ref);
    expect(byRef("node_modules/zod")).toMatchObject({
      version: "4.6.7",
      purl: "pkg:npm/zod@4.6.7",
      licenses: [{ license: { id: "MIT" } }],
      hashes: [{ alg: "SHA-512", content: SHA_512.toString("hex") }],
    });
    expect(byRef("node_modules/@aws-sdk/client-s3")).toMatchObject({
      group: "@aws-sdk",
      purl: "pkg:npm/%40aws-sdk/client-s3@3.1.0",
    });
    expect(byRef("node_modules/@aws-sdk/client-s3/node_modules/tslib")).toMatchObject({
      licenses: [{ expression: "0BSD OR MIT" }],
    });
    expect(byRef("libs/core")).not.toHaveProperty("purl");
  });

  it("gives the same bytes each time", () => {
    expect(sbomOf(BUNDLE, LOCK)).toBe(sbomOf({ ...BUNDLE, inputs: BUNDLE.inputs.toReversed() }, LOCK));
  });

  it("refuses a package that the lock file does not know", () => {
    expect(() => sbomOf({ ...BUNDLE, inputs: ["node_modules/new/index.js"] }, LOCK)).toThrow(
      "node_modules/new is bundled and not in package-lock.json",
    );
  });
});
