import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Bindings } from "./bindings";
import { PLAN_FILE, readSavedPlan, reservePlanFile, savePlan } from "./folder";

const root = mkdtempSync(join(tmpdir(), "landfall-plans-"));
const folder = join(root, "plans");
const made = join(root, "made.tfplan");
afterAll(() => rmSync(root, { recursive: true }));

const bindings: Bindings = {
  zone: "sandbox",
  stack: "network",
  instance: "sandbox-network",
  account: "123456789012",
  region: "eu-west-1",
  fingerprint: "a".repeat(64),
  state: null,
  lock: null,
  engine: "terraform 1.11.4",
  consumed: {},
  revision: null,
};
const save = (plan: string | undefined) =>
  savePlan(folder, {
    bindings,
    counts: { add: 1, change: 0, destroy: 0 },
    forced: false,
    plan,
    texts: { "summary.md": "one to add" },
  });
const read = () => readSavedPlan(folder, "sandbox-network", "npx nx plan network");

describe("a saved plan's folder", () => {
  beforeEach(() => {
    reservePlanFile(made);
    writeFileSync(made, "plan");
    save(made);
  });

  it("gives back what was saved, to nobody but its owner", () => {
    expect(read()).toMatchObject({ manifest: { ...bindings, forced: false }, problems: [] });
    expect(read().plan?.toString()).toBe("plan");
    expect(statSync(join(folder, PLAN_FILE)).mode & 0o777).toBe(0o600);
    expect(existsSync(made)).toBe(false);
  });

  it("keeps no earlier plan where there is nothing to apply", () => {
    save(undefined);
    expect(existsSync(join(folder, PLAN_FILE))).toBe(false);
    expect(read()).toMatchObject({ plan: undefined, problems: [] });
  });

  it("gives back no plan that was touched or is missing, and says so", () => {
    writeFileSync(join(folder, PLAN_FILE), "other");
    rmSync(join(folder, "summary.md"));
    expect(read()).toMatchObject({
      plan: undefined,
      problems: ["plan.tfplan is not the file that was saved", "summary.md is missing"],
    });
  });

  it.each(["", "{", "{}", '{"format":2}'])("refuses a manifest that it can't read: %j", (content) => {
    writeFileSync(join(folder, "manifest.json"), content);
    expect(read).toThrow(
      "the manifest of the saved plan of sandbox-network can't be read: run npx nx plan network",
    );
  });

  it("says how to make one where there is none", () => {
    rmSync(folder, { recursive: true });
    expect(read).toThrow("sandbox-network has no saved plan: run npx nx plan network");
  });

  it("names no folder of this machine", () => {
    expect(readFileSync(join(folder, "manifest.json"), "utf8")).not.toContain(root);
  });
});
