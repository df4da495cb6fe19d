import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { packSource } from "./source";

const folder = mkdtempSync(join(tmpdir(), "landfall-source-"));
const root = join(folder, "clone");
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: root });

beforeAll(() => {
  mkdirSync(root);
  git("init", "--quiet");
});
afterAll(() => rmSync(folder, { recursive: true }));

const filesOf = (kind: "head" | "tree") => {
  const scratch = mkdtempSync(join(folder, "scratch-"));
  const { zip, ...rest } = packSource(root, kind, scratch);
  const files = Object.entries(unzipSync(zip)).filter(([name]) => !name.endsWith("/"));
  return {
    files: Object.fromEntries(files.map(([name, content]) => [name, Buffer.from(content).toString()])),
    ...rest,
  };
};

describe("packSource", () => {
  it("needs a commit", () => {
    expect(() => filesOf("head")).toThrow("A rehearsal starts from a commit, and there is none here");
  });

  it("packs the last commit, or the tree with what is not committed, and never what is ignored", () => {
    writeFileSync(join(root, ".gitignore"), "dist/\n");
    writeFileSync(join(root, "kept.txt"), "committed");
    git("add", "-A");
    git("commit", "--quiet", "-m", "one");
    writeFileSync(join(root, "kept.txt"), "changed");
    writeFileSync(join(root, "new.txt"), "new");
    mkdirSync(join(root, "dist"));
    writeFileSync(join(root, "dist", "out.txt"), "ignored");

    const head = filesOf("head");
    expect(head.files).toEqual({ ".gitignore": "dist/\n", "kept.txt": "committed" });
    expect(head.revision).toMatch(/^[0-9a-f]{40}$/);
    expect(head.uncommitted).toBe(2);
    expect(filesOf("tree").files).toEqual({
      ".gitignore": "dist/\n",
      "kept.txt": "changed",
      "new.txt": "new",
    });
  });
});
