import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeDrift } from "./drift-report";

const result = (instance: string, ...addresses: string[]) => ({
  instance,
  stack: "s",
  at: "2026-01-02T03:04:05.000Z",
  drifted: addresses.map((address) => ({
    address,
    what: "changed" as const,
    attributes: [{ path: "delay", before: "1", after: "2", sensitive: false }],
  })),
  seconds: 1,
});

describe("writeDrift", () => {
  let root = "";
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "landfall-drift-"))));
  afterEach(() => rmSync(root, { recursive: true }));
  const read = (file: string) => readFileSync(join(root, "dist/terraform/sandbox", file), "utf8");

  it("keeps each instance's result, and the zone's report of them all", () => {
    writeDrift(root, "sandbox", result("sandbox-keys"));
    expect(read("drift.md")).toMatch(/^## Drift of zone sandbox: no drift\n/);

    writeDrift(root, "sandbox", result("sandbox-orders", "aws_sqs_queue.q"));
    expect(JSON.parse(read("sandbox-keys/drift.json"))).toEqual(result("sandbox-keys"));
    expect(read("drift.md").split("\n")).toEqual([
      "## Drift of zone sandbox: 1 resource changed outside of Terraform",
      "",
      "### sandbox-orders (2026-01-02T03:04:05.000Z)",
      "",
      "| | resource | what |",
      "| --- | --- | --- |",
      "| changed | `aws_sqs_queue.q` | `delay` `1` → `2` |",
      "",
      "| looked at | at | drifted |",
      "| --- | --- | --- |",
      "| sandbox-keys | 2026-01-02T03:04:05.000Z | 0 |",
      "| sandbox-orders | 2026-01-02T03:04:05.000Z | 1 |",
      "",
    ]);
  });
});
