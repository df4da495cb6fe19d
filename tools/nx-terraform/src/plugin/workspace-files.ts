import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { type Place, placeOf } from "./place";

/** A project as its files show it, before Nx knows of it. */
export interface ProjectFiles extends Place {
  /** The file that the project is inferred from: its package.json where it has one. */
  readonly source: string;
  readonly packageName: string | undefined;
  readonly projectName: string;
  readonly hasUnitTests: boolean;
  /** The stack's short name, e.g. `network`; `undefined` when the project holds no stack. */
  readonly stack: string | undefined;
  /** Packages whose `./contract` this project imports, e.g. `@landfall/stack-network`. */
  readonly contracts: readonly string[];
}

const stackFile = /^(?:stacks\/([^/]+)\/src|apps\/([^/]+)\/infra)\/stack\.ts$/;
const contractImport = /\b(?:from|import|require)\s*\(?\s*["'](@[\w.-]+\/[\w.-]+)\/contract["']/g;

interface PackageJson {
  readonly name?: string;
  readonly nx?: { readonly name?: string };
}

/**
 * Groups the workspace's files by project.
 *
 * Only package.json files and the sources of stacks are read: this runs at every start of Nx.
 *
 * @param files relative to the workspace
 */
export function projectsOf(files: readonly string[], workspaceRoot: string): ProjectFiles[] {
  const groups = new Map<string, { place: Place; files: string[] }>();
  for (const file of files) {
    const place = placeOf(file);
    if (place === undefined) continue;
    const group = groups.get(place.root) ?? { place, files: [] };
    group.files.push(file);
    groups.set(place.root, group);
  }
  return [...groups.values()].map((group) => describe(group.place, group.files.sort(), workspaceRoot));
}

/** The zones' names, from the folders that hold a `zone.ts`. */
export const zonesOf = (files: readonly string[]): string[] =>
  files.flatMap((file) => /^libs\/zones\/([^/]+)\/zone\.ts$/.exec(file)?.[1] ?? []).sort();

function describe(place: Place, files: readonly string[], workspaceRoot: string): ProjectFiles {
  const read = (file: string) => readFileSync(join(workspaceRoot, file), "utf8");
  const manifest = files.find((file) => file === `${place.root}/package.json`);
  const json: PackageJson = manifest === undefined ? {} : (JSON.parse(read(manifest)) as PackageJson);
  const stack = files.map((file) => stackFile.exec(file)).find((match) => match !== null);
  return {
    ...place,
    source: manifest ?? files.find((file) => basename(file) === "zone.ts") ?? files[0] ?? place.root,
    packageName: json.name,
    projectName: json.nx?.name ?? json.name ?? place.name,
    hasUnitTests: place.root !== "tools/rungs" && files.some((file) => file.endsWith(".test.ts")),
    stack: stack?.[1] ?? stack?.[2],
    contracts: stack === undefined ? [] : contractsIn(files.filter((file) => file.endsWith(".ts")).map(read)),
  };
}

const contractsIn = (sources: readonly string[]): string[] => [
  ...new Set(
    sources.flatMap((source) => [...source.matchAll(contractImport)].flatMap((match) => match[1] ?? [])),
  ),
];
