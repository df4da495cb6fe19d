import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { uncommittedFiles } from "./git-tree";

describe("uncommittedFiles", () => {
  let root = "";
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "landfall-git-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: root });

  it("names what differs from the last commit and what none holds, but nothing that is ignored", () => {
    git("init", "--quiet");
    for (const [file, text] of [
      [".gitignore", "dist\n"],
      ["kept.ts", "1"],
      ["changed.ts", "1"],
    ] as const)
      writeFileSync(join(root, file), text);
    git("add", ".");
    git("commit", "--quiet", "-m", "one");
    expect(uncommittedFiles(root)).toEqual([]);

    writeFileSync(join(root, "changed.ts"), "2");
    writeFileSync(join(root, "new file.ts"), "1");
    writeFileSync(join(root, "dist"), "1");
    expect(uncommittedFiles(root)).toEqual(["changed.ts", "new file.ts"]);
  });

  it("has nothing to compare with outside a repository", () => {
    expect(uncommittedFiles(root)).toBeUndefined();
  });
});
