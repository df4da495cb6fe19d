import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { LandfallError } from "@landfall/core";

import { instancesBefore, reversed, walk } from "./instance-order";
import { InterruptedError } from "./interruption";
import type { Instance } from "./workspace";

const instance = (name: string, account = "main"): Instance => ({
  name,
  stack: "s",
  account,
  accountId: "123456789012",
  region: "eu-west-1",
  appliedBy: "deployer",
});

const folder = mkdtempSync(join(tmpdir(), "landfall-order-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("instancesBefore", () => {
  const names = (before: ReadonlyMap<string, string[]>) => Object.fromEntries(before);

  it("waits for what is consumed, for the home region and for the first account, and turns around", () => {
    const stacks = { third: { dependencies: ["second", "other-stack"] } };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks }));
    const instances = [
      ...["home", "second", "third", "fourth"].map((name) => instance(name)),
      ...["away", "away-second"].map((name) => instance(name, "workload")),
      instance("far", "security"),
    ];
    const all = ["home", "second", "third", "fourth"];
    const before = instancesBefore({ folder, instances });

    expect(names(before)).toEqual({
      home: [],
      second: ["home"],
      third: ["second", "home"],
      fourth: ["home"],
      away: all,
      "away-second": ["away", ...all],
      far: all,
    });
    expect(names(reversed(before))).toMatchObject({
      home: ["second", "third", "fourth", "away", "away-second", "far"],
      second: ["third", "away", "away-second", "far"],
      "away-second": [],
    });
  });
});

describe("walk", () => {
  const instances = ["a", "b", "c", "d"].map((name) => instance(name));
  const before = new Map([["c", ["a"]]]);

  async function trace(limit: number, fail: Readonly<Record<string, Error>> = {}) {
    const events: string[] = [];
    let running = 0;
    let most = 0;
    const task = async ({ name }: Instance) => {
      running += 1;
      most = Math.max(most, running);
      events.push(`${name} begins`);
      await sleep(5);
      running -= 1;
      const error = fail[name];
      if (error !== undefined) throw error;
      events.push(`${name} ends`);
    };
    const error: unknown = await walk({ instances, before, limit, task }).catch((thrown: unknown) => thrown);
    return { events, most, error };
  }

  it("works on no more than the limit at a time, each after those that it waits for", async () => {
    const { events, most, error } = await trace(2);
    expect({ most, error }).toEqual({ most: 2, error: undefined });
    expect(events.filter((event) => event.endsWith("ends"))).toHaveLength(4);
    expect(events.indexOf("c begins")).toBeGreaterThan(events.indexOf("a ends"));
  });

  it("begins one after the other where only one may run", async () => {
    expect((await trace(1)).most).toBe(1);
  });

  it("goes on with the others when one fails, and reports every failure at the end", async () => {
    const { events, error } = await trace(2, {
      a: new LandfallError("a failed"),
      d: new LandfallError("d failed"),
    });
    expect(events).toContain("b ends");
    expect(events).not.toContain("c begins");
    expect(error).toEqual(
      new LandfallError("a failed\nd failed\nnot begun, because they need what failed: c"),
    );
  });

  it("keeps a wish to stop, and what is a mistake of ours", async () => {
    const stop = new InterruptedError("SIGINT");
    const mistake = new TypeError("ours");
    expect((await trace(2, { a: new LandfallError("no"), b: stop })).error).toBe(stop);
    expect((await trace(2, { a: new LandfallError("no"), b: mistake })).error).toBe(mistake);
  });
});
