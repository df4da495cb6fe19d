/**
 * The Nx plugin: infers each project's tags and targets from its folder, and the edges that no import shows.
 *
 * Nx loads this file at every start, so it imports nothing but Node's own modules and its few siblings.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type {
  CreateDependencies,
  CreateNodes,
  DependencyType,
  ProjectConfiguration,
  RawProjectGraphDependency,
} from "@nx/devkit";

import { commonTargets, stackTargets } from "./plugin/targets";
import { type ProjectFiles, projectsOf, zonesOf } from "./plugin/workspace-files";
import { zoneProblem } from "./plugin/zone-argument";

/** Nx's enumeration member, without loading Nx for it. */
const implicit = "implicit" as DependencyType.implicit;

export const name = "@landfall/nx-terraform";

/** Every stack's JSON is made by the one, and judged by the other. */
const makers = ["tools/synth", "tools/fsbp"];

export const createNodes: CreateNodes = [
  "{apps,libs,stacks,tools}/**/{package.json,*.ts,*.mjs}",
  (files, _options, { workspaceRoot }) => {
    const zones = zonesOf(files);
    const projects = projectsOf(files, workspaceRoot);
    return projects.map((project) => [
      project.source,
      { projects: { [project.root]: configurationOf(project, projects, zones) } },
    ]);
  },
];

function configurationOf(
  project: ProjectFiles,
  all: readonly ProjectFiles[],
  zones: readonly string[],
): Omit<ProjectConfiguration, "root"> {
  const dependents = all.filter(
    (other) => other !== project && other.contracts.includes(project.packageName ?? ""),
  );
  return {
    // A package.json decides the name where there is one (see README, "Names").
    name: project.name,
    projectType: project.kind === "app" ? "application" : "library",
    tags: [`type:${project.kind}`],
    targets: {
      ...commonTargets(project),
      ...(project.stack === undefined
        ? {}
        : stackTargets(
            project.stack,
            zones,
            dependents.map(({ projectName }) => projectName),
          )),
    },
  };
}

/** Every stack depends on each zone's data, on the synthesizer and on the rules; a contract's import is an edge that Nx sees. */
export const createDependencies: CreateDependencies = (_options, { projects }) => {
  const all = Object.entries(projects).map(([name, { root, tags = [], targets = {} }]) => ({
    name,
    root,
    tags,
    targets,
  }));
  const targets = all.filter(({ root, tags }) => tags.includes("type:zone") || makers.includes(root));
  return all
    .filter((project) => "deploy" in project.targets)
    .flatMap(({ name: source }) =>
      targets.map(({ name: target }): RawProjectGraphDependency => ({ source, target, type: implicit })),
    );
};

/**
 * Refuses a zone that Nx would silently replace by the default one.
 *
 * @throws Error with one line that names the zones there are
 */
export function preTasksExecution(
  _options: unknown,
  { argv, workspaceRoot }: { readonly argv: string[]; readonly workspaceRoot: string },
): void {
  const folder = join(workspaceRoot, "libs", "zones");
  const zones = existsSync(folder)
    ? readdirSync(folder).filter((zone) => existsSync(join(folder, zone, "zone.ts")))
    : [];
  const problem = zoneProblem(argv, zones);
  if (problem !== undefined) throw new Error(problem);
}
