import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const POWERTOOLS = "@aws-lambda-powertools";
const IMPORT = /import \{([^}]*)\} from "@aws-lambda-powertools\/([^"]+)"/g;

/** Stands for anything that is made, called or asked for while a handler loads. */
const STUB = `const stub = new Proxy(function () {}, {
  get: (_, name) => (name === "prototype" ? Object.prototype : name === Symbol.toPrimitive ? () => "" : stub),
  apply: () => stub,
  construct: () => stub,
});
`;

/** A copy of the workspace's apps whose handlers find stubs where Powertools is, to measure what it costs. */
export function withoutPowertools(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  cpSync(join(root, "apps"), join(copy, "apps"), { recursive: true });
  const modules = join(copy, "node_modules");
  for (const name of readdirSync(join(root, "node_modules")).filter((each) => each !== POWERTOOLS)) {
    mkdirSync(modules, { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  for (const [path, names] of importsBelow(join(copy, "apps"))) {
    const [library = ""] = path.split("/");
    const folder = join(modules, POWERTOOLS, library);
    const file = join(folder, `${path}.mjs`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ exports: { ".": `./${library}.mjs`, "./*": `./${library}/*.mjs` } }),
    );
    writeFileSync(file, `${STUB}${[...names].map((name) => `export const ${name} = stub;\n`).join("")}`);
  }
  return copy;
}

/** The names that sources import from each path of Powertools. */
function importsBelow(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    for (const [, names = "", path = ""] of readFileSync(join(folder, file), "utf8").matchAll(IMPORT)) {
      const known = found.get(path) ?? new Set();
      for (const name of names.split(",").map((each) => each.trim())) {
        if (name !== "" && !name.startsWith("type ")) known.add(name);
      }
      found.set(path, known);
    }
  }
  return found;
}
