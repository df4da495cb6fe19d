import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { summarize } from "./summarize";
import { BRIEF_LIMIT } from "./to-markdown";
import { writeZoneSummary } from "./zone-files";

describe("writeZoneSummary", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-plans-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("rolls up the summaries of all instances that were planned, and leaves no draft behind", () => {
    for (const [instance, actions] of [
      ["sandbox-keys", ["no-op"]],
      ["sandbox-orders", ["delete"]],
    ] as const) {
      const of = { instance, stack: "s", zone: "sandbox", account: "main", region: "eu-west-1" };
      const change = { address: "aws_s3_bucket.b", type: "aws_s3_bucket", change: { actions } };
      mkdirSync(join(folder, instance));
      writeFileSync(
        join(folder, instance, "summary.json"),
        JSON.stringify(summarize({ resource_changes: [change] }, of)),
      );
    }
    mkdirSync(join(folder, "sandbox-half"));
    writeZoneSummary(folder, "sandbox");

    expect(readFileSync(join(folder, "brief.txt"), "utf8")).toBe(
      [
        "sandbox: 0 to add, 0 to change, 0 to replace, 1 to destroy",
        "STATEFUL RESOURCES THAT ARE LOST: 1",
        "LOST sandbox-orders aws_s3_bucket.b destroyed: its objects",
        "",
      ].join("\n"),
    );
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toMatch(/\n\nUnchanged: sandbox-keys\n$/);
    expect(readdirSync(folder).sort()).toEqual([
      "brief.txt",
      "sandbox-half",
      "sandbox-keys",
      "sandbox-orders",
      "summary.md",
    ]);
  });

  it("writes nothing where nothing was planned", () => {
    expect(() => writeZoneSummary(join(folder, "none"), "sandbox")).not.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps the brief within an approval's comment, its last line break included", () => {
    const of = { instance: "sandbox-i", stack: "s", zone: "sandbox", account: "main", region: "eu-west-1" };
    const changes = Array.from({ length: 100 }, (_none, n) => ({
      address: `aws_s3_bucket.b${n}`,
      type: "aws_s3_bucket",
      change: { actions: ["delete"] },
    }));
    mkdirSync(join(folder, "sandbox-i"));
    writeFileSync(
      join(folder, "sandbox-i", "summary.json"),
      JSON.stringify(summarize({ resource_changes: changes }, of)),
    );
    writeZoneSummary(folder, "sandbox");

    expect(readFileSync(join(folder, "brief.txt"), "utf8").length).toBeLessThanOrEqual(BRIEF_LIMIT);
  });
});
