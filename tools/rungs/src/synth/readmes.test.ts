import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../workspace";

/** The libraries that hold constructs: each shows its smallest use, and a test beside it says what comes of it. */
const libraries = readdirSync(join(ROOT, "libs")).filter((name) =>
  existsSync(join(ROOT, "libs", name, "example.ts")),
);
const read = (...path: string[]) => readFileSync(join(ROOT, "libs", ...path), "utf8");

it("covers every library of constructs", () => {
  expect(libraries).toEqual([
    "delivery",
    "dns",
    "edge",
    "function",
    "identity",
    "keys",
    "logging",
    "messaging",
    "network",
    "observability",
    "organization",
    "security",
    "storage",
  ]);
});

describe.each(libraries)("libs/%s", (library) => {
  it("shows its example in its README, word for word", () => {
    expect(read(library, "README.md")).toContain(`\`\`\`ts\n${read(library, "example.ts")}\`\`\``);
  });

  it("has a test of it", () => {
    expect(existsSync(join(ROOT, "libs", library, "src", "example.test.ts"))).toBe(true);
  });

  it("tells the controls that it meets and what it costs when idle", () => {
    expect(read(library, "README.md")).toMatch(/^(?:## .*[Cc]ontrols|\|.* controls? +\|)/m);
    expect(read(library, "README.md")).toMatch(/^## .*[Cc]ost/m);
  });
});
