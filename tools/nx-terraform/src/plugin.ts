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

import { destroyEnvironment, tasksByGraph } from "./plugin/destroy-run";
import { commonTargets, defaultZone, stackTargets } from "./plugin/targets";
import { type ProjectFiles, projectsOf, zonesOf } from "./plugin/workspace-files";
import { askedZone, zoneProblem } from "./plugin/zone-argument";

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
    // What package.json says, which wins in any case: Nx would rename every mention of another name, also where two folders share it.
    name: project.projectName,
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
            providersOf(project, all).map(({ projectName }) => projectName),
          )),
    },
  };
}

/** The projects whose contracts a project imports, with those that they import in turn. */
function providersOf(project: ProjectFiles, all: readonly ProjectFiles[]): ProjectFiles[] {
  const found = new Set<ProjectFiles>();
  const visit = ({ contracts }: ProjectFiles) => {
    for (const other of all.filter(({ packageName = "" }) => contracts.includes(packageName))) {
      if (other === project || found.has(other)) continue;
      found.add(other);
      visit(other);
    }
  };
  visit(project);
  return [...found];
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
 * Refuses a zone that Nx would silently replace by the default one, and tells every task of a run that destroys what the
 * whole run destroys: Nx hands on to the tasks what a plugin adds to its own environment.
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
  const [, nx = "", ...args] = argv;
  // The default zone is emulated, and asks for no confirmation: it needs no look at the whole run.
  if ((askedZone(argv) ?? defaultZone) === defaultZone) return;
  Object.assign(process.env, destroyEnvironment(args, tasksByGraph(nx, workspaceRoot)));
}
