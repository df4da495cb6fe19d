import { type HealthOptions, healthCheck } from "./health";

const failures: [string, unknown][] = [];
let time = 0;
const options = (checks: Readonly<Record<string, () => Promise<void>>>): HealthOptions => ({
  region: "eu-west-1",
  dependencies: Object.entries(checks).map(([name, check]) => ({ name, check })),
  timeoutMs: 50,
  keepMs: 5000,
  now: () => time,
  onFailure: (name, error) => failures.push([name, error]),
});
const ok = () => Promise.resolve();

beforeEach(() => {
  failures.length = 0;
  time = 0;
});

describe("healthCheck", () => {
  it("is healthy when everything is", async () => {
    expect(await healthCheck(options({ table: ok, keys: ok }))()).toEqual({
      healthy: true,
      region: "eu-west-1",
      checks: { table: "ok", keys: "ok" },
    });
    expect(failures).toEqual([]);
  });

  it("says which dependency fails, and keeps the reason for the log", async () => {
    const error = new Error("no such table");
    const health = await healthCheck(options({ table: () => Promise.reject(error), keys: ok }))();
    expect(health).toEqual({ healthy: false, region: "eu-west-1", checks: { table: "failed", keys: "ok" } });
    expect(failures).toEqual([["table", error]]);
  });

  it("fails a dependency that hangs, and still answers", async () => {
    const health = await healthCheck(options({ table: () => new Promise(() => undefined), keys: ok }))();
    expect(health.checks).toEqual({ table: "failed", keys: "ok" });
  });

  it("asks again only after a while", async () => {
    const check = jest.fn(ok);
    const ask = healthCheck(options({ table: check }));
    await ask();
    time = 4999;
    await ask();
    expect(check).toHaveBeenCalledTimes(1);
    time = 5000;
    await ask();
    expect(check).toHaveBeenCalledTimes(2);
  });
});
