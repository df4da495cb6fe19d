import { placeOf } from "./place";

describe("placeOf", () => {
  it.each([
    ["libs/core/src/zone.ts", { root: "libs/core", kind: "core", name: "core" }],
    ["libs/network/src/vpc.ts", { root: "libs/network", kind: "lib", name: "network" }],
    ["libs/zones/local/zone.ts", { root: "libs/zones/local", kind: "zone", name: "zone-local" }],
    ["libs/zones/index.ts", { root: "libs/zones", kind: "zone", name: "zones" }],
    ["stacks/network/src/stack.ts", { root: "stacks/network", kind: "stack", name: "network" }],
    ["apps/intake/infra/stack.ts", { root: "apps/intake", kind: "app", name: "intake" }],
    ["tools/rungs/src/synth/a.test.ts", { root: "tools/rungs", kind: "tool", name: "rungs" }],
  ])("places %s", (file, place) => {
    expect(placeOf(file)).toEqual(place);
  });

  it.each(["eslint.config.mjs", "docs/adr/x.ts", "libs/stray.ts"])("leaves %s out", (file) => {
    expect(placeOf(file)).toBeUndefined();
  });
});
