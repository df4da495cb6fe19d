import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { declarationFinder } from "./declarations";

let file: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "landfall-declarations-"));
  file = join(folder, "main.tf.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const find = (address: string) => declarationFinder({ app: [file] })("app", address);

describe("declarationFinder", () => {
  it("finds the line of a resource among others, in objects and in lists", () => {
    writeFileSync(
      file,
      `{
  "//": {"resource": {"aws_vpc": {"no": {}}}},
  "resource": {
    "aws_vpc": { "a": { "tags": { "x": "{ \\"aws_vpc\\": {" } },
                 "b": { "cidr": ["1", {"b": {}}] } },
    "aws_subnet": [
      { "s": [{
        "id": 1 }] }
    ]
  },
  "data": { "aws_region": {
    "here": {} } }
}`,
    );
    expect(["aws_vpc.a", "aws_vpc.b", "aws_subnet.s", "data.aws_region.here"].map(find)).toEqual(
      [4, 5, 7, 12].map((line) => `${file}:${line}`),
    );
    expect(find("aws_vpc.b[0]")).toBe(`${file}:5`);
  });

  it("gives the file for what it does not declare in that way, and nothing for another stack", () => {
    writeFileSync(file, "{}");
    expect(find("aws_vpc.a")).toBe(file);
    expect(declarationFinder({})("app", "aws_vpc.a")).toBeUndefined();
  });
});
