import { combine } from "./combine";
import type { ChangeSummary, PlanSummary } from "./plan-summary";
import { BRIEF_LIMIT, toBrief, toMarkdown } from "./to-markdown";
import { toTable } from "./to-table";

const NO_COUNTS = { add: 0, change: 0, replace: 0, destroy: 0, statefulLost: 0, monthlyUsd: 0 };
const plan = (instance: string, changes: ChangeSummary[], counts = {}): PlanSummary => ({
  instance,
  stack: "s",
  zone: "sandbox",
  account: "main",
  region: "eu-west-1",
  changes,
  counts: { ...NO_COUNTS, ...counts },
});
const change = (address: string, rest: Partial<ChangeSummary>): ChangeSummary => ({
  address,
  type: address.split(".")[0] ?? "",
  action: "update",
  because: [],
  attributes: [],
  ...rest,
});

const table = change("aws_dynamodb_table.orders", {
  action: "replace",
  loses: "its items",
  because: ["hash_key"],
  attributes: [{ path: "hash_key", before: '"id"', after: '"key"', sensitive: false }],
});
const queue = change("aws_sqs_queue.intake", {
  attributes: [
    { path: "visibility_timeout_seconds", before: "30", after: "60", sensitive: false },
    { path: "policy", sensitive: false },
    { path: "name", sensitive: true },
  ],
});
const gateway = change("aws_nat_gateway.a", {
  action: "create",
  price: {
    what: "NAT gateway",
    monthlyUsd: 32.85,
    plus: "0.045 a GB",
    source: "https://aws.amazon.com/vpc/pricing",
  },
});
const zone = combine("sandbox", [
  plan("sandbox-keys", []),
  plan("sandbox-network", [queue, gateway], { add: 1, change: 1, monthlyUsd: 32.85 }),
  plan("sandbox-orders", [table], { replace: 1, statefulLost: 1 }),
]);

describe("combine", () => {
  it("puts the plan that loses most first, and names what is unchanged", () => {
    expect(zone.plans.map(({ instance }) => instance)).toEqual(["sandbox-orders", "sandbox-network"]);
    expect(zone.unchanged).toEqual(["sandbox-keys"]);
    expect(zone.counts).toEqual({
      add: 1,
      change: 1,
      replace: 1,
      destroy: 0,
      statefulLost: 1,
      monthlyUsd: 32.85,
    });
  });
});

describe("toTable", () => {
  it("shows what is lost loudly, what changes from what to what, and what it costs", () => {
    expect(zone.plans.flatMap(toTable)).toEqual([
      "LOST -/+ aws_dynamodb_table.orders is replaced: its items; hash_key forces it",
      "       ~ aws_sqs_queue.intake  visibility_timeout_seconds 30 → 60, policy, name (sensitive)",
      "       + aws_nat_gateway.a  ($ NAT gateway: 32.85 USD a month, and 0.045 a GB)",
    ]);
  });

  it("lets no control character through to the terminal", () => {
    const evil = change("a.b", { attributes: [{ path: "a\u001b[2J", before: "\u009b1", sensitive: false }] });

    expect(toTable(plan("i", [evil])).join()).not.toMatch(/\p{Cc}/u);
  });
});

describe("toMarkdown", () => {
  it("warns of what is lost before all else", () => {
    expect(toMarkdown(zone).split("\n")).toEqual([
      "## Plan of zone sandbox: 1 to add, 1 to change, 1 to replace, 0 to destroy; about +32.85 USD a month",
      "",
      "> [!CAUTION]",
      "> **1 stateful resource is lost**",
      "",
      "| lost | instance | resource | with it goes | why |",
      "| --- | --- | --- | --- | --- |",
      "| **replaced** | `sandbox-orders` | `aws_dynamodb_table.orders` | its items | `hash_key` forces it |",
      "",
      "### sandbox-orders: 0 to add, 0 to change, 1 to replace, 0 to destroy",
      "",
      "| | resource | what |",
      "| --- | --- | --- |",
      '| replaced | `aws_dynamodb_table.orders` | **loses its items**; `hash_key` forces it; `hash_key` `"id"` → `"key"` |',
      "",
      "### sandbox-network: 1 to add, 1 to change, 0 to replace, 0 to destroy; about +32.85 USD a month",
      "",
      "| | resource | what |",
      "| --- | --- | --- |",
      "| changed | `aws_sqs_queue.intake` | `visibility_timeout_seconds` `30` → `60`, `policy`, `name` (sensitive) |",
      "| added | `aws_nat_gateway.a` | [$ NAT gateway: 32.85 USD a month, and 0.045 a GB](https://aws.amazon.com/vpc/pricing) |",
      "",
      "Unchanged: sandbox-keys",
    ]);
  });

  it("says so when nothing changes", () => {
    expect(toMarkdown(combine("sandbox", [plan("sandbox-keys", [])]))).toBe(
      "## Plan of zone sandbox: no changes\n\nUnchanged: sandbox-keys",
    );
  });

  it("lets no value out of its cell", () => {
    const evil = change("a.b", { attributes: [{ path: "x", before: "`|\n# y", sensitive: false }] });

    expect(
      toMarkdown(combine("z", [plan("i", [evil])]))
        .split("\n")
        .at(-1),
    ).toBe("| changed | `a.b` | `x` `'¦ # y` → … |");
  });

  it("keeps to its limit, drops from the end and says how much", () => {
    const many = Array.from({ length: 500 }, (_none, n) => change(`aws_sqs_queue.q${n}`, {}));
    const text = toMarkdown(
      combine("z", [plan("i", [...many]), plan("j", [table], { statefulLost: 1 })]),
      2_000,
    );

    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text).toContain("1 stateful resource is lost");
    expect(text).toMatch(/\n… and \d+ more lines, which do not fit here$/);
  });
});

describe("toBrief", () => {
  it("begins with what is lost", () => {
    expect(toBrief(zone).split("\n")).toEqual([
      "sandbox: 1 to add, 1 to change, 1 to replace, 0 to destroy; about +32.85 USD a month",
      "STATEFUL RESOURCES THAT ARE LOST: 1",
      "LOST sandbox-orders aws_dynamodb_table.orders replaced: its items",
      "sandbox-network aws_sqs_queue.intake changed",
      "sandbox-network aws_nat_gateway.a added",
    ]);
  });

  it("fits into an approval's comment", () => {
    const many = Array.from({ length: 200 }, (_none, n) => ({
      ...table,
      address: `aws_dynamodb_table.t${n}`,
    }));
    const text = toBrief(combine("z", [plan("i", many, { statefulLost: 200 })]));

    expect(text.length).toBeLessThanOrEqual(BRIEF_LIMIT);
    expect(text).toMatch(
      /^z: .*\nSTATEFUL RESOURCES THAT ARE LOST: 200\nLOST i aws_dynamodb_table\.t0 replaced/,
    );
    expect(text).toMatch(/\n… and \d+ more$/);
  });
});
