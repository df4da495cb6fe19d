import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { ZoneData } from "../workspace";
import { assertMayDestroy, assertNothingHeld } from "./may-destroy";

const zone: ZoneData = {
  name: "sandbox",
  emulated: false,
  production: false,
  disposable: false,
  regions: { home: "eu-west-1" },
  accounts: [],
};

describe("assertMayDestroy", () => {
  let root = "";
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "landfall-destroy-"));
    synthesize("network", { aws_lb: { a: { enable_deletion_protection: true } } });
    synthesize("intake", { aws_dynamodb_table: { t: { deletion_protection_enabled: true }, u: {} } });
    synthesize("orders", { aws_s3_bucket: { b: { lifecycle: { prevent_destroy: true } } } });
    synthesize("keys", {});
    synthesize("bootstrap", {}, "administrator");
  });
  afterAll(() => rmSync(root, { recursive: true }));

  function synthesize(stack: string, resource: unknown, appliedBy = "deployer") {
    const folder = `dist/synth/sandbox/${stack}`;
    const put = (file: string, content: unknown) => {
      mkdirSync(dirname(join(root, folder, file)), { recursive: true });
      writeFileSync(join(root, folder, file), JSON.stringify(content));
    };
    put("zone.json", { zone, instances: [{ stack, appliedBy }] });
    put(`stacks/sandbox-${stack}/cdk.tf.json`, { resource });
  }

  const destroy =
    (stack: string, confirmed?: string, stacks?: string[], of: Partial<ZoneData> = {}) =>
    () =>
      assertMayDestroy({
        root,
        zone: { ...zone, ...of },
        stack,
        confirmed,
        run: stacks && { argv: ["destroy", "keys", "-c", "sandbox"], stacks },
      });

  it.each([{ emulated: true }, { disposable: true }])("asks nothing of a zone that is %p", (of) => {
    expect(destroy("keys", undefined, undefined, of)).not.toThrow();
  });

  it("wants the zone's name, and gives the command", () => {
    expect(destroy("network")).toThrow(
      [
        "refused to destroy network in zone sandbox: not confirmed: sandbox",
        "  nothing of this run was destroyed; to destroy it: npx nx destroy network --configuration=sandbox --confirm=sandbox",
      ].join("\n"),
    );
    expect(destroy("network", "sandbox")).not.toThrow();
  });

  it.each(["production", "sandbox/network2", "", "yes"])("takes no other name for it: %p", (confirmed) => {
    expect(destroy("network", confirmed)).toThrow(/not confirmed: sandbox/);
  });

  it.each([
    ["keys", "all that its keys encrypt"],
    ["intake", "aws_dynamodb_table.t"],
    ["orders", "aws_s3_bucket.b"],
  ])("wants the protected stack %s by its own name", (stack, why) => {
    expect(destroy(stack, "sandbox")).toThrow(`  ${stack} is protected, with it goes: ${why}\n`);
    expect(destroy(stack, `sandbox/${stack}`)).not.toThrow();
  });

  it("decides for the whole run, so that the first task refuses what the last would", () => {
    const stacks = ["intake", "keys", "network"];

    expect(destroy("network", "sandbox,sandbox/intake", stacks)).toThrow(
      [
        "refused to destroy intake, keys, network in zone sandbox: not confirmed: sandbox/keys",
        "  keys is protected, with it goes: all that its keys encrypt",
        "  nothing of this run was destroyed; to destroy it: npx nx destroy keys -c sandbox --confirm=sandbox,sandbox/intake,sandbox/keys",
      ].join("\n"),
    );
    expect(destroy("network", "sandbox, sandbox/intake, sandbox/keys", stacks)).not.toThrow();
  });

  it("asks nothing for a stack that is left to an administrator", () => {
    expect(destroy("network", "sandbox", ["bootstrap", "network"])).not.toThrow();
    expect(destroy("bootstrap")).not.toThrow();
  });

  it("points to what was mistyped", () => {
    expect(destroy("network", "sandbx")).toThrow("not confirmed: sandbox (got: sandbx)\n");
  });
});

describe("assertNothingHeld", () => {
  const plan = (actions: string[], before: unknown) => ({
    resource_changes: [
      { address: "aws_dynamodb_table.t", type: "aws_dynamodb_table", change: { actions, before } },
    ],
  });

  it.each([
    { deletion_protection_enabled: true },
    { deletion_protection: true },
    { deletion_protection: "ACTIVE" },
    { delete_protection: true },
    { enable_deletion_protection: true },
  ])("refuses to begin what AWS would refuse in the middle: %p", (before) => {
    expect(() => assertNothingHeld("sandbox-orders", "sandbox", plan(["delete"], before))).toThrow(
      /^sandbox-orders is not destroyed: AWS protects aws_dynamodb_table\.t \(\w+\) from deletion\. Set `disposable: true` in libs\/zones\/sandbox\/zone\.ts, deploy, and destroy again$/,
    );
  });

  it.each([
    [["delete"], { deletion_protection_enabled: false }],
    [["delete"], { deletion_protection: "INACTIVE" }],
    [["no-op"], { deletion_protection_enabled: true }],
    [["create"], null],
  ])("lets %p of %p pass", (actions, before) => {
    expect(() => assertNothingHeld("i", "sandbox", plan(actions, before))).not.toThrow();
  });
});
