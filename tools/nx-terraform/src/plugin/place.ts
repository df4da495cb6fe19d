/** What a project is, by its folder. It becomes the tag `type:<kind>`, which the module boundaries go by. */
export type ProjectKind = "core" | "zone" | "lib" | "stack" | "app" | "tool";

/** Where a file belongs. */
export interface Place {
  /** The project's folder, relative to the workspace, e.g. `libs/network` or `libs/zones/local`. */
  readonly root: string;
  readonly kind: ProjectKind;
  /** The project's name when no package.json gives one, e.g. `zone-local`. */
  readonly name: string;
}

const kinds: Readonly<Record<string, ProjectKind>> = {
  apps: "app",
  libs: "lib",
  stacks: "stack",
  tools: "tool",
};

/**
 * The project that a file belongs to, from its path alone.
 *
 * @param file relative to the workspace, e.g. `libs/network/src/vpc.ts`
 * @returns `undefined` for a file outside the four project folders, or lying directly in one of them
 */
export function placeOf(file: string): Place | undefined {
  const [area = "", folder, next, ...deeper] = file.split("/");
  const kind = kinds[area];
  if (kind === undefined || folder === undefined || next === undefined) return undefined;
  const root = `${area}/${folder}`;
  if (root === "libs/core") return { root, kind: "core", name: folder };
  if (root !== "libs/zones") return { root, kind, name: folder };
  return deeper.length === 0
    ? { root, kind: "zone", name: folder }
    : { root: `${root}/${next}`, kind: "zone", name: `zone-${next}` };
}
