import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { findRoot, readSynthesis, stacksIn, zonesIn } from "./workspace";

const root = mkdtempSync(join(tmpdir(), "landfall-workspace-"));
const put = (file: string, content = "") => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
};

beforeAll(() => {
  put("nx.json");
  for (const file of [
    "stacks/network/src/stack.ts",
    "apps/intake/infra/stack.ts",
    "libs/zones/local/zone.ts",
    "libs/zones/sandbox/zone.ts",
  ])
    put(file);
  put("stacks/notes/README.md");
});
afterAll(() => rmSync(root, { recursive: true }));

describe("workspace", () => {
  it("knows its stacks and zones by their files", () => {
    expect(stacksIn(root)).toEqual(["intake", "network"]);
    expect(zonesIn(root)).toEqual(["local", "sandbox"]);
  });

  it("is found from any folder in it", () => {
    expect(findRoot(join(root, "stacks/network/src"))).toBe(root);
    expect(() => findRoot(tmpdir())).toThrow(/No Nx workspace/);
  });
});

describe("readSynthesis", () => {
  it("names the nearest stack or zone, and the known ones", () => {
    expect(() => readSynthesis(root, "local", "netwrok")).toThrow(
      'Unknown stack "netwrok". Did you mean "network"? Known: intake, network.',
    );
    expect(() => readSynthesis(root, "sandbax", "network")).toThrow(
      'Unknown zone "sandbax". Did you mean "sandbox"?',
    );
  });

  it("says how to synthesize what is not there yet", () => {
    expect(() => readSynthesis(root, "sandbox", "network")).toThrow(
      /run: npx nx synth network --configuration=sandbox$/,
    );
  });

  it("gives the stack's own instances in the order in which they were written", () => {
    const instance = (stack: string, region: string) => ({ name: `local-${stack}-${region}`, stack, region });
    const instances = [
      instance("intake", "eu-west-1"),
      instance("network", "eu-central-1"),
      instance("network", "eu-west-1"),
    ];
    put(
      "dist/synth/local/network/zone.json",
      JSON.stringify({ zone: { name: "local", regions: { home: "eu-west-1" } }, instances }),
    );

    const { zone, instances: found } = readSynthesis(root, "local", "network");
    expect(found.map(({ name }) => name)).toEqual(["local-network-eu-central-1", "local-network-eu-west-1"]);
    expect(zone.emulated).toBe(false);
  });
});
