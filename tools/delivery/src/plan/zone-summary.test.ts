import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PlanSummary } from "@landfall/nx-terraform";
import { SUMMARY_LIMIT, writeSummary } from "./zone-summary";

const plans = mkdtempSync(join(tmpdir(), "landfall-plans-"));
afterAll(() => rmSync(plans, { recursive: true }));

const summary = (stack: string, changes: PlanSummary["changes"]): void => {
  const counts = {
    add: changes.length,
    change: 0,
    replace: 0,
    destroy: changes.filter(({ action }) => action === "delete").length,
    statefulLost: changes.filter(({ loses }) => loses !== undefined).length,
    monthlyUsd: 0,
  };
  const of = { instance: `sandbox-${stack}`, stack, zone: "sandbox", account: "main", region: "eu-west-1" };
  mkdirSync(join(plans, of.instance), { recursive: true });
  writeFileSync(join(plans, of.instance, "summary.json"), JSON.stringify({ ...of, changes, counts }));
};

const change = (
  address: string,
  action: "create" | "delete",
  loses?: string,
): PlanSummary["changes"][number] => ({
  address,
  type: address.split(".")[0] ?? "",
  action,
  because: [],
  attributes: [],
  ...(loses === undefined ? {} : { loses }),
});

describe("writeSummary", () => {
  it("keeps within the bytes of a variable, what is lost first, and tells what comes later", () => {
    summary(
      "app",
      Array.from({ length: 80 }, (_, index) => change(`aws_sqs_queue.Größe-${index}`, "create")),
    );
    summary("data", [change("aws_dynamodb_table.orders", "delete", "its items")]);
    const waiting = Array.from({ length: 60 }, (_, index) => ({ stack: `stack-${index}`, for: ["app"] }));
    const brief = writeSummary(plans, "sandbox", { planned: ["app", "data"], unchanged: [], waiting });

    expect(Buffer.byteLength(brief)).toBeLessThanOrEqual(SUMMARY_LIMIT);
    const [, second = "", third = ""] = brief.split("\n");
    expect(second).toContain("STATEFUL");
    expect(third).toContain("aws_dynamodb_table.orders");
    expect(brief).toContain("To be planned again once this is deployed: stack-0, stack-1");
    expect(readFileSync(join(plans, "summary.txt"), "utf8")).toBe(`${brief}\n`);
    expect(readFileSync(join(plans, "summary.md"), "utf8")).toContain("- `stack-59` waits for values of app");
  });
});
