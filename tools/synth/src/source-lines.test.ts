import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceLines, sourceLinesIn } from "./source-lines";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-lines-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A map whose first line comes from a stack and whose second comes from a construct. */
const MAP = {
  version: 3,
  sources: [
    "../../../stacks/network/src/stack.ts",
    "../../../libs/network/src/vpc.ts",
    "../../../libs/stack/src/zone-stack.ts",
  ],
  names: [],
  // Line 1 of the bundle is line 1 of the first source; line 2 is line 1 of the second; line 3 of the third.
  mappings: "AAAA;ACAA;ACAA",
};

const written = (map: object = MAP) => {
  writeFileSync(
    join(folder, "sources.json"),
    JSON.stringify({ network: { "aws_vpc.Vpc": ["2:1", "1:1", "3:1"] } }),
  );
  writeFileSync(join(folder, "synth.cjs.map"), JSON.stringify(map));
};

describe("sourceLines", () => {
  it("gives the author's line first, then the constructs', and not the base stack's", () => {
    written();
    expect(sourceLines(folder, "network", "aws_vpc.Vpc")).toEqual([
      "stacks/network/src/stack.ts:1",
      "libs/network/src/vpc.ts:1",
    ]);
  });

  it("is not led astray by the name of the folder that holds the workspace", () => {
    const sources = MAP.sources.map((source) => source.replace("../../../", "../../apps/"));
    written({ ...MAP, sources: ["../../apps/tools/synth/src/synthesize.ts", ...sources.slice(1)] });
    expect(sourceLines(folder, "network", "aws_vpc.Vpc")).toEqual(["libs/network/src/vpc.ts:1"]);
  });

  it("takes one of several for the resource that they are copies of", () => {
    written();
    expect(sourceLines(folder, "network", 'aws_vpc.Vpc["a"]')).toHaveLength(2);
  });

  it("knows nothing of what was not captured, nor of a folder that is not the synthesizer's", () => {
    expect(sourceLines(folder, "network", "aws_vpc.Vpc")).toEqual([]);
    written();
    expect(sourceLines(folder, "network", "aws_vpc.Other")).toEqual([]);
    expect(sourceLines(folder, "other", "aws_vpc.Vpc")).toEqual([]);
  });
});

describe("sourceLinesIn", () => {
  it("reads the folder once, when the first line is asked for", () => {
    const lines = sourceLinesIn(folder);
    written();
    expect(lines("network", "aws_vpc.Vpc")).toHaveLength(2);
    rmSync(join(folder, "sources.json"));
    expect(lines("network", "aws_vpc.Vpc")).toHaveLength(2);
  });
});
