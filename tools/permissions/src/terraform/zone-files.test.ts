import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readZoneFiles } from "./zone-files";

const folder = mkdtempSync(join(tmpdir(), "landfall-permissions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: unknown) => {
  mkdirSync(join(folder, "stacks", "sample-keys"), { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(content));
};

const instance = { name: "sample-keys", stack: "keys", accountId: "222222222222", region: "eu-west-1" };
const zone = {
  name: "sample",
  regions: { home: "eu-west-1", recovery: "eu-central-1" },
  accounts: [
    { name: "management", id: "111111111111", duties: ["management"], email: "aws@example.com" },
    { name: "workload", id: "222222222222", duties: ["workload"] },
  ],
  retention: { lock: "compliance" },
};

describe("readZoneFiles", () => {
  beforeEach(() => {
    write("zone.json", { zone, instances: [instance] });
    write("stacks/sample-keys/cdk.tf.json", { resource: {} });
  });

  it("reads accounts, regions and instances", () => {
    expect(readZoneFiles(folder)).toEqual({
      name: "sample",
      regions: ["eu-west-1", "eu-central-1"],
      accounts: [
        { name: "management", id: "111111111111", management: true, email: "aws@example.com" },
        { name: "workload", id: "222222222222", management: false },
      ],
      governance: false,
      instances: [
        {
          name: "sample-keys",
          stack: "keys",
          account: "222222222222",
          region: "eu-west-1",
          json: { resource: {} },
        },
      ],
    });
  });

  it("refuses a zone of which an instance is missing", () => {
    write("zone.json", { zone, instances: [{ ...instance, name: "sample-network" }] });
    expect(() => readZoneFiles(folder)).toThrow(/sample-network.*must exist: synthesize the whole zone/);
  });

  it("refuses an instance without an account", () => {
    write("zone.json", { zone, instances: [{ ...instance, accountId: undefined }] });
    expect(() => readZoneFiles(folder)).toThrow(/'accountId' in .*zone\.json must be a text, got: undefined/);
  });
});
