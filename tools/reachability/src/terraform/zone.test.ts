import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readZone } from "./zone";

describe("readZone", () => {
  const folder = mkdtempSync(join(tmpdir(), "reachability-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("says how to write a zone that is not there", () => {
    expect(() => readZone(join(folder, "none"))).toThrow(
      /There is no .*zone.json. Write it with: node tools\/synth/,
    );
  });

  it("reads every instance that the zone lists, and misses none", () => {
    const instances = [{ name: "demo-network-eu-west-1" }];
    writeFileSync(join(folder, "zone.json"), JSON.stringify({ zone: { name: "demo" }, instances }));
    expect(() => readZone(folder)).toThrow(/There is no .*demo-network-eu-west-1.cdk.tf.json/);
    mkdirSync(join(folder, "stacks", "demo-network-eu-west-1"), { recursive: true });
    writeFileSync(join(folder, "stacks", "demo-network-eu-west-1", "cdk.tf.json"), '{"resource":{}}');
    expect(readZone(folder)).toEqual({
      name: "demo",
      instances: { "demo-network-eu-west-1": { resource: {} } },
    });
  });
});
