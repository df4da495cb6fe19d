import { contentOf, said, workspace } from "../testing/workspace";
import { zoneGenerator } from "./zone";

const given = { name: "pilot", account: "2109-8765-4321", domain: "pilot.example.com" };
const file = "libs/zones/pilot/zone.ts";

let lines: string[];
beforeEach(() => {
  lines = said();
});
afterEach(() => jest.restoreAllMocks());

describe("the generator zone", () => {
  it("takes what is not given from another zone, and the next free block", async () => {
    const tree = workspace();
    await zoneGenerator(tree, given);
    expect(tree.read(file, "utf-8")).toBe(`import { defineZone } from "@landfall/core";

/** One account, with what the zone \`sandbox\` has. */
export const zone = defineZone({
  name: "pilot",
  account: "210987654321",
  regions: {
    home: "eu-west-1",
    recovery: "eu-central-1",
  },
  network: {
    block: "10.72.0.0/14",
  },
  domain: "pilot.example.com",
  retention: {
    logDays: 90,
    archiveDays: 365,
  },
  contacts: {
    security: "security@example.com",
  },
});
`);
  });

  it("takes what is given", async () => {
    const tree = workspace();
    await zoneGenerator(tree, {
      ...given,
      account: 210987654321,
      contact: "soc@example.com",
      region: "us-east-1",
      recovery: "none",
      block: "10.200.0.0/16",
    });
    const text = tree.read(file, "utf-8")?.replace(/\s+/g, " ");
    expect(text).toContain('account: "210987654321", regions: { home: "us-east-1", },');
    expect(text).toContain('block: "10.200.0.0/16"');
    expect(text).toContain('security: "soc@example.com"');
  });

  it("fills a gap between zones before it goes on, and keeps clear of reserved blocks", async () => {
    const tree = workspace();
    const other = tree.read("libs/zones/sandbox/zone.ts", "utf-8") ?? "";
    tree.write(
      "libs/zones/far/zone.ts",
      other
        .replace('"sandbox"', '"far"')
        .replace('block: "10.68.0.0/14"', 'block: "10.80.0.0/12", reserved: ["10.72.1.0/24"]'),
    );
    await zoneGenerator(tree, given);
    expect(tree.read(file, "utf-8")).toContain('block: "10.76.0.0/14"');
  });

  it("says so when no block is left", async () => {
    const tree = workspace();
    const other = tree.read("libs/zones/sandbox/zone.ts", "utf-8") ?? "";
    tree.write("libs/zones/sandbox/zone.ts", other.replace("10.68.0.0/14", "10.0.0.0/8"));
    await expect(zoneGenerator(tree, given)).rejects.toThrow(
      "No /8 is left in 10.0.0.0/8: give a block of your own with --block.",
    );
  });

  it("changes nothing the second time, and keeps what was edited", async () => {
    const tree = workspace();
    await zoneGenerator(tree, given);
    const first = contentOf(tree);
    await zoneGenerator(tree, given);
    expect(contentOf(tree)).toEqual(first);
    expect(lines.at(-1)).toBe("The zone 'pilot' is there already: nothing was changed.");

    tree.write(file, (tree.read(file, "utf-8") ?? "").replace("logDays: 90", "logDays: 30"));
    const edited = contentOf(tree);
    await zoneGenerator(tree, given);
    expect(contentOf(tree)).toEqual(edited);
    expect(lines.at(-1)).toContain(`it differs from what would be generated: ${file}`);
  });

  it("names every value that is not allowed at once, by the schema of zones", async () => {
    const bad = { ...given, name: "Pilot", account: 12, region: "mars", block: "10.0.0.1/14" };
    await expect(zoneGenerator(workspace(), bad)).rejects.toThrow(
      /^Zone 'Pilot' has 4 problems:\n {2}'name' must be [^\n]*\n {2}'account' must be 12 digits[^\n]*\n {2}'regions.home' must be [^\n]*\n {2}'network.block' must be /,
    );
  });

  it("refuses a block of another zone", async () => {
    await expect(zoneGenerator(workspace(), { ...given, block: "10.68.0.0/16" })).rejects.toThrow(
      "Can't make the zone 'pilot':\n  'block' must be clear of the zone 'sandbox' (10.68.0.0/14), got: \"10.68.0.0/16\"",
    );
  });

  it("takes no emulated zone for a model, and names the nearest", async () => {
    await expect(zoneGenerator(workspace(), { ...given, from: "local" })).rejects.toThrow(
      "'from' must be one of sandbox, got: local",
    );
  });

  it("says which zone it can't read, where the file holds more than data", async () => {
    const tree = workspace();
    tree.write(
      "libs/zones/local/zone.ts",
      'export const zone = defineZone({ name: process.env.NAME ?? "local" });\n',
    );
    await expect(zoneGenerator(tree, given)).rejects.toThrow(
      "'libs/zones/local/zone.ts' must hold defineZone({ … }) with values alone, so that it can be read",
    );
  });
});
