import { defineZone } from "@landfall/core";
import { defineStack, type StackDefinition } from "@landfall/stack";
import { fleetZone, zoneSource } from "./fleet-zone";

const stack = (name: string, scope: "global" | "regional", accounts: StackDefinition["accounts"]) =>
  defineStack({ name, scope, accounts, build: () => undefined });
const DEFINITIONS = [stack("one", "global", "every"), stack("two", "regional", ["workload"])];

describe("fleetZone", () => {
  it("is one account in one region where that is enough", () => {
    expect(fleetZone(10, DEFINITIONS)).toMatchObject({ instances: 2, accounts: 1 });
  });

  it.each([
    // Four central accounts with one instance each; a workload account has one, and two in each region's stack.
    [100, 32 + 4, 100],
    [1000, 332 + 4, 1000],
  ])("has at least %d instances, and one account less would have fewer", (size, accounts, instances) => {
    const zone = fleetZone(size, DEFINITIONS);
    expect(zone).toMatchObject({ accounts, instances });
    expect(zone.instances - 3).toBeLessThan(size);
  });

  it("is a zone that the schema accepts, and is written as one", () => {
    const zone = fleetZone(1000, DEFINITIONS);
    expect(defineZone(zone.input).accounts).toHaveLength(zone.accounts);
    expect(zoneSource(zone)).toContain('"name": "workload-300"');
  });
});
