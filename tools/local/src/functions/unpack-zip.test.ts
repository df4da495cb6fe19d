import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { unpackZip } from "./unpack-zip";

describe("unpackZip", () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "landfall-zip-"));
    folder = join(root, "code");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, strToU8(name)])));

  it("writes files and folders, and nothing of what was there before", () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "old.js"), "");

    unpackZip(zip("index.js", "lib/deep/a.js", "empty/"), folder);

    expect(readdirSync(folder).sort()).toEqual(["index.js", "lib"]);
    expect(readFileSync(join(folder, "lib/deep/a.js"), "utf8")).toBe("lib/deep/a.js");
  });

  it.each(["../evil.js", "lib/../../evil.js", "/tmp/evil.js", "..\\evil.js", "."])(
    "refuses the whole zip for the entry %s",
    (name) => {
      expect(() => unpackZip(zip("index.js", name), folder)).toThrow(/outside of its folder/);
      expect(existsSync(folder)).toBe(false);
      expect(existsSync(join(root, "evil.js"))).toBe(false);
    },
  );

  it("takes a name that only begins like the folder above", () => {
    unpackZip(zip("lib/..a.js"), folder);

    expect(existsSync(join(folder, "lib/..a.js"))).toBe(true);
  });
});
