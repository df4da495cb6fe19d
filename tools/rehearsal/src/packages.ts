import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { LandfallError } from "@landfall/core";

/** npm's own copy of the lock file, which says what is installed. */
const INSTALLED = ".package-lock.json";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly name?: string; readonly link?: boolean }>>;
}

/**
 * Links the packages of this workspace into a clean folder: a rehearsal of `npm ci` that takes no time and proves nothing of
 * it. Our own packages are those of the clean folder.
 *
 * @throws LandfallError where the clean folder's lock file asks for other packages than those that are installed here
 */
export function linkPackages(root: string, folder: string): void {
  const [here, there] = [root, folder].map((each) => readFileSync(join(each, "package-lock.json"), "utf8"));
  const modules = join(root, "node_modules");
  if (here !== there || !existsSync(join(modules, INSTALLED))) {
    throw new LandfallError(
      "With --install=link the packages here must be those of the source's package-lock.json: run `npm ci`, or use --install=ci",
    );
  }
  const target = join(folder, "node_modules");
  mkdirSync(target, { recursive: true });
  const own = Object.entries((JSON.parse(there ?? "{}") as Lock).packages)
    .filter(([path, { name }]) => !path.includes("node_modules/") && path !== "" && name !== undefined)
    .map(([path, { name = "" }]) => ({ path, name }));
  const scopes = new Set(own.map(({ name }) => dirname(name)));
  for (const name of readdirSync(modules)) {
    if (scopes.has(name) || name === ".cache" || name === INSTALLED) continue;
    symlinkSync(join(modules, name), join(target, name));
  }
  for (const { path, name } of own) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    symlinkSync(join(folder, path), join(target, name));
  }
  // Newer than the lock file, by which the tools tell that everything is installed.
  copyFileSync(join(modules, INSTALLED), join(target, INSTALLED));
}
