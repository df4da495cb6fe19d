import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differences, hashFolder, hashOf, namesFirst } from "./hashes";
import { hashSource } from "./source-tree";

const root = mkdtempSync(join(tmpdir(), "landfall-hashes-"));
afterAll(() => rmSync(root, { recursive: true }));

const put = (file: string, content: string): void => {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), content);
};

describe("hashFolder", () => {
  it("gives what sha256sum gives, by sorted paths", () => {
    put("plain/b.txt", "b\n");
    put("plain/a/c.txt", "");
    const files = hashFolder(join(root, "plain"));
    expect(Object.entries(files)).toEqual([
      ["a/c.txt", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
      ["b.txt", "0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f"],
    ]);
    expect(hashOf(files)).toBe(hashOf(hashFolder(join(root, "plain"))));
  });

  it("holds where a symbolic link leads to, also when nothing is there", () => {
    mkdirSync(join(root, "links"));
    symlinkSync("nowhere", join(root, "links", "link"));
    expect(Object.keys(hashFolder(join(root, "links")))).toEqual(["link"]);
  });

  it("is empty for a folder that is not there", () => {
    expect(hashFolder(join(root, "missing"))).toEqual({});
  });
});

describe("hashSource", () => {
  it("leaves out what .gitignore does, and Git's own folder", () => {
    for (const file of ["src/.gitignore", "src/a.ts", "src/deep/b.ts", "src/.git/HEAD", "src/x.log"])
      put(file, "");
    for (const file of ["src/dist/c.js", "src/deep/node_modules/d.js"]) put(file, "");
    put("src/.gitignore", "node_modules/\ndist/\n*.log\n");
    expect(Object.keys(hashSource(join(root, "src")))).toEqual([".gitignore", "a.ts", "deep/b.ts"]);
  });
});

describe("differences", () => {
  it("names each file that was changed, removed or added", () => {
    expect(differences({ a: "1", b: "2", c: "3" }, { a: "1", b: "x", d: "4" })).toEqual([
      "b was changed",
      "c was removed",
      "d was added",
    ]);
  });

  it.each([
    [["a was changed"], "a was changed"],
    [["a was changed", "b was added"], "a was changed, and 1 more file"],
    [["a was changed", "b was added", "c was added"], "a was changed, and 2 more files"],
  ])("are told in one line: %j", (all, line) => {
    expect(namesFirst(all)).toBe(line);
  });
});
