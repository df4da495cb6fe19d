import { LandfallError } from "@landfall/core";

import type { Synthesis } from "../workspace";
import { type GuardPorts, assertMayRun } from "./may-run";

const home = { name: "network", id: "111111111111", duties: ["network"] } as const;
const management = { name: "management", id: "555555555555", duties: ["management"] } as const;

const synthesis = (
  zone: Partial<Synthesis["zone"]> = {},
  appliedBy: "deployer" | "administrator" = "deployer",
) =>
  ({
    folder: "",
    zone: {
      name: "sandbox",
      emulated: false,
      production: true,
      disposable: false,
      regions: { home: "eu-west-1" },
      accounts: [home, management],
      ...zone,
    },
    instances: [
      { name: "i", stack: "network", account: "network", accountId: home.id, region: "eu-west-1", appliedBy },
    ],
  }) satisfies Synthesis;

const ports = (accountId: string, files: string[] | undefined = []): GuardPorts => ({
  identify: () => Promise.resolve({ accountId, arn: `arn:aws:iam::${accountId}:user/ana` }),
  uncommitted: () => files,
});

const run = (command: string, of: Synthesis, world: GuardPorts) =>
  assertMayRun({ root: "/", command, synthesis: of }, world);

describe("assertMayRun", () => {
  it("lets a clean deploy with the home account's credentials pass", async () => {
    await expect(run("deploy", synthesis(), ports(home.id))).resolves.toBeUndefined();
  });

  it("refuses credentials of another account, naming both and the next step", async () => {
    await expect(run("plan", synthesis(), ports("999999999999"))).rejects.toThrow(
      "wrong account for zone sandbox: it is run from account 111111111111 (network), and these credentials are of 999999999999 (arn:aws:iam::999999999999:user/ana): sign in to 111111111111, or set AWS_PROFILE",
    );
  });

  it("lets the account of the zone's pipeline deploy, but not do an administrator's work", async () => {
    const pipeline = { zone: "standard", account: "777777777777" };
    const delivered = (appliedBy?: "administrator") => synthesis({ identity: { pipeline } }, appliedBy);

    await expect(run("deploy", delivered(), ports(pipeline.account))).resolves.toBeUndefined();
    await expect(run("bootstrap", delivered("administrator"), ports(pipeline.account))).rejects.toThrow(
      /wrong account/,
    );
  });

  it("wants an administrator in the management account", async () => {
    const admin = synthesis({}, "administrator");

    await expect(run("bootstrap", admin, ports(management.id))).resolves.toBeUndefined();
    await expect(run("bootstrap", admin, ports(home.id))).rejects.toThrow(/run from account 555555555555/);
  });

  it("wants an administrator in the only account there is", async () => {
    const single = synthesis({ accounts: [home] }, "administrator");

    await expect(run("bootstrap", single, ports(home.id))).resolves.toBeUndefined();
  });

  it.each([
    ["on the emulator", "deploy", synthesis({ emulated: true })],
    ["where the zone has none of the stack", "deploy", { ...synthesis(), instances: [] }],
    ["for a stack that is left to an administrator", "deploy", synthesis({}, "administrator")],
  ])("asks nobody %s", async (_where, command, of) => {
    const world: GuardPorts = {
      identify: () => Promise.reject(new Error("asked")),
      uncommitted: () => ["dirty.ts"],
    };

    await expect(run(command, of, world)).resolves.toBeUndefined();
  });

  it.each(["deploy", "apply"])("refuses a production %s of what no commit holds", async (command) => {
    await expect(run(command, synthesis(), ports(home.id, ["a.ts", "b.ts", "c.ts", "d.ts"]))).rejects.toThrow(
      "production zone sandbox is deployed from a commit alone, and the working tree differs from it (a.ts, b.ts, c.ts and 1 more): commit or stash, and run it again",
    );
  });

  it.each([
    ["a plan", "plan", synthesis(), ["a.ts"]],
    ["a zone that is not production", "deploy", synthesis({ production: false }), ["a.ts"]],
    ["a folder without git", "deploy", synthesis(), undefined],
  ])("does not mind a dirty tree for %s", async (_what, command, of, files) => {
    await expect(run(command, of, { ...ports(home.id), uncommitted: () => files })).resolves.toBeUndefined();
  });

  it("tells everything at once", async () => {
    const world: GuardPorts = {
      identify: () => Promise.reject(new LandfallError("no AWS credentials: sign in")),
      uncommitted: () => ["a.ts"],
    };

    await expect(run("deploy", synthesis(), world)).rejects.toThrow(
      /^production zone sandbox .*\(a\.ts\).*\nzone sandbox: no AWS credentials: sign in$/,
    );
  });
});
