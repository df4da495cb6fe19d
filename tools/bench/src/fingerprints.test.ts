import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprintsIn } from "./fingerprints";

let outdir: string;
const write = (instance: string, file: string, content: string) => {
  const folder = join(outdir, "stacks", instance);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), content);
};
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "landfall-fingerprints-"));
  for (const instance of ["one", "two"]) write(instance, "cdk.tf.json", "{}");
});
afterEach(() => rmSync(outdir, { recursive: true }));

describe("fingerprintsIn", () => {
  it("is the same for the same content", () => {
    const { one, two } = fingerprintsIn(outdir);
    expect(one).toBe(two);
    expect(one).toHaveLength(64);
  });

  it.each([
    ["a change", "cdk.tf.json", '{"a":1}'],
    ["a new asset", "function.zip", "zip"],
  ])("tells %s of one instance from the others", (_, file, content) => {
    const before = fingerprintsIn(outdir);
    write("two", file, content);
    const after = fingerprintsIn(outdir);
    expect(after.one).toBe(before.one);
    expect(after.two).not.toBe(before.two);
  });
});
