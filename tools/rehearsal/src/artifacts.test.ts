import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { unzipArtifact, zipArtifact } from "./artifacts";

const folder = mkdtempSync(join(tmpdir(), "landfall-artifacts-"));
afterAll(() => rmSync(folder, { recursive: true }));

for (const file of ["dist/plans/local/one/plan.tfplan", "dist/plans/local/summary.md", "dist/other.txt"]) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), file);
}

const namesIn = (zip: Uint8Array): string[] => Object.keys(unzipSync(zip)).sort();

describe("zipArtifact", () => {
  it("takes what the globs name, by its path below the base directory", () => {
    const all = zipArtifact(folder, { files: ["**/*"], "base-directory": "dist/plans/local" });
    expect(namesIn(all)).toEqual(["one/plan.tfplan", "summary.md"]);
    expect(namesIn(zipArtifact(folder, { files: ["dist/*.txt"] }))).toEqual(["dist/other.txt"]);
  });

  it("fails where there is nothing to hand on", () => {
    expect(() => zipArtifact(folder, { files: ["**/*"], "base-directory": "dist/none" })).toThrow(
      "No file matches the artifact's **/* below dist/none",
    );
  });
});

describe("unzipArtifact", () => {
  it("gives back the same bytes, for nobody else to read", () => {
    const target = join(folder, "unpacked");
    unzipArtifact(zipArtifact(folder, { files: ["**/*"], "base-directory": "dist/plans/local" }), target);
    const plan = join(target, "one/plan.tfplan");
    expect(readFileSync(plan, "utf8")).toBe("dist/plans/local/one/plan.tfplan");
    expect(statSync(plan).mode & 0o077).toBe(0);
  });

  it("writes nothing outside of its folder", () => {
    const zip = zipSync({ "../escaped.txt": new Uint8Array(1) });
    expect(() => unzipArtifact(zip, join(folder, "safe"))).toThrow(
      "An artifact must hold files below its folder, got: ../escaped.txt",
    );
  });
});
