import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { stacksIn } from "@landfall/nx-terraform";

/** How to run the synthesis the slow way. */
export interface InitWorkspace {
  readonly cwd: string;
  readonly args: readonly string[];
}

/** `import { A, B as C } from "@cdktf/provider-aws/lib/x-y"` */
const DEEP_IMPORT = /import \{([^}]+)\} from "@cdktf\/provider-aws\/lib\/([\w-]+)";/g;

/**
 * The same stacks the way `cdktf init` sets a project up: ts-node runs `main.ts`, and resources come from the root of
 * `@cdktf/provider-aws`, which loads every resource that AWS has.
 *
 * @param zone a folder of libs/zones @default local
 */
export function initWorkspace(root: string, zone = "local"): InitWorkspace {
  const cwd = join(root, "dist", "bench", "cdktf-init");
  rmSync(cwd, { recursive: true, force: true });
  for (const folder of ["apps", "libs", "stacks", "tools/synth"]) {
    cpSync(join(root, folder), join(cwd, folder), { recursive: true });
  }
  for (const file of typescriptIn(cwd)) writeFileSync(file, fromRoot(readFileSync(file, "utf8")));
  // Our own packages are resolved to the copies, everything else to the workspace's packages.
  const scope = join(cwd, "node_modules", "@landfall");
  mkdirSync(scope, { recursive: true });
  for (const folder of ["apps", "libs", "stacks", "tools"]) {
    for (const name of readdirSync(join(cwd, folder))) {
      const target = join(cwd, folder, name);
      const manifest = readManifest(target);
      if (manifest) symlinkSync(target, join(scope, manifest.name.replace("@landfall/", "")));
    }
  }
  const stacks = stacksIn(root).map((name) =>
    existsSync(join(cwd, "stacks", name)) ? `./stacks/${name}/src/stack` : `./apps/${name}/infra/stack`,
  );
  writeFileSync(
    join(cwd, "main.ts"),
    [
      `import { ZoneApp } from "@landfall/stack";`,
      `import { zone } from "./libs/zones/${zone}/zone";`,
      ...stacks.map((file, index) => `import { definition as d${index} } from "${file}";`),
      `new ZoneApp({ zone, definitions: [${stacks.map((_, index) => `d${index}`).join(", ")}] }).synth();`,
    ].join("\n"),
  );
  writeFileSync(
    join(cwd, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: {
        module: "node16",
        moduleResolution: "node16",
        isolatedModules: false,
        types: ["node"],
      },
      "ts-node": { ignore: ["node_modules/(?!@landfall)"] },
    }),
  );
  return { cwd, args: [join(root, "node_modules", "ts-node", "dist", "bin.js"), "main.ts"] };
}

const typescriptIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));

function readManifest(folder: string): { readonly name: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
  } catch {
    return undefined;
  }
}

/** The root exports each resource's folder as a namespace in camel case. */
const fromRoot = (source: string): string =>
  source.replace(DEEP_IMPORT, (_, names: string, folder: string) => {
    const namespace = folder.replace(/-(\w)/g, (_hyphen, letter: string) => letter.toUpperCase());
    const listed = names.split(",").filter((name) => name.trim() !== "");
    const aliases = listed.map((name) => {
      // An alias is of whatever there is under the name, a type too.
      const [imported = "", local = imported] = name
        .trim()
        .replace(/^type /, "")
        .split(" as ");
      return `import ${local} = ${namespace}.${imported};`;
    });
    return [`import { ${namespace} } from "@cdktf/provider-aws";`, ...aliases].join("\n");
  });
