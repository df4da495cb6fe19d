import type { TargetConfiguration } from "@nx/devkit";

import type { ProjectFiles } from "./workspace-files";

/** The zone that a target runs for when no `--configuration` is given: the one that costs nothing. */
export const defaultZone = "local";

/**
 * The zone is part of each configuration's command, and nothing typed after the target is passed on: a task and those that
 * it depends on always run for the same zone.
 */
const closed = { forwardAllArgs: false };

/** What is typed after the target is passed on to its command: for targets that no other target depends on. */
const open = { forwardAllArgs: true };

type Targets = Record<string, TargetConfiguration>;

const production = ["production", "^production"];

/** The targets that every project has. */
export function commonTargets(project: ProjectFiles): Targets {
  const lint: TargetConfiguration = {
    executor: "nx:run-commands",
    options: { command: `eslint ${project.root}` },
    cache: true,
    inputs: ["default", "^production", "{workspaceRoot}/eslint.config.mjs"],
    metadata: { description: `ESLint, with the module boundaries, over ${project.root}` },
  };
  const test: TargetConfiguration = {
    executor: "nx:run-commands",
    options: { command: `jest --selectProjects unit --testPathPatterns ${project.root}/` },
    cache: true,
    inputs: ["default", "^production", "{workspaceRoot}/jest.config.mjs"],
    metadata: { description: `The unit tests of ${project.root}` },
  };
  return project.hasUnitTests ? { lint, test } : { lint };
}

/**
 * The targets of a stack, each with one configuration a zone.
 *
 * @param stack the stack's short name, e.g. `network`
 * @param zones every zone's name
 * @param dependents the names of the projects that import the stack's contract, so must be destroyed before it
 * @param providers the names of the projects whose contracts the stack imports, and of those that these import
 */
export function stackTargets(
  stack: string,
  zones: readonly string[],
  dependents: readonly string[],
  providers: readonly string[],
): Targets {
  const perZone = (
    commandOf: (zone: string) => string,
    rest: TargetConfiguration,
    description: string,
  ): TargetConfiguration => ({
    executor: "nx:run-commands",
    options: closed,
    configurations: Object.fromEntries(zones.map((zone) => [zone, { zone, command: commandOf(zone) }])),
    ...(zones.includes(defaultZone) ? { defaultConfiguration: defaultZone } : {}),
    ...rest,
    metadata: { description },
  });
  const ofStack = (command: string) => (zone: string) => `${command} --stack ${stack} --zone ${zone}`;
  const runner = (
    command: string,
    dependsOn: NonNullable<TargetConfiguration["dependsOn"]>,
    description: string,
    options: TargetConfiguration["options"] = closed,
  ) =>
    perZone(
      ofStack(`node --import tsx tools/nx-terraform/src/cli.ts ${command}`),
      { cache: false, dependsOn, options },
      description,
    );
  // A destroy of this stack may be on the way to that of any of these, and decides on them too.
  const synthFirst = providers.length > 0 ? [{ target: "synth", projects: [...providers] }] : [];
  const destroyFirst = dependents.length > 0 ? [{ target: "destroy", projects: [...dependents] }] : [];

  return {
    synth: perZone(
      ofStack("node tools/synth/synth.mjs"),
      {
        cache: true,
        inputs: production,
        outputs: [`{workspaceRoot}/dist/synth/{options.zone}/${stack}`],
      },
      `Write the Terraform JSON of ${stack}`,
    ),
    fsbp: perZone(
      (zone) => `node tools/fsbp/landfall-fsbp.mjs dist/synth/${zone}/${stack}`,
      { cache: true, dependsOn: ["synth"], inputs: production },
      `Judge ${stack} by the FSBP controls; what only a whole zone shows is judged by: npm run fsbp`,
    ),
    validate: runner("validate", ["synth"], `terraform validate on every instance of ${stack}`),
    // As many stacks as `apply` and `deploy` take for the same command line: what is approved is what is applied.
    plan: runner(
      "plan",
      ["^plan", "synth"],
      `Show what a deploy of ${stack} would change, and save the plan, after those of the stacks whose contracts it imports`,
    ),
    apply: runner(
      "apply",
      ["^apply", "synth"],
      `Apply the plan of ${stack} that was saved, exactly that, after those of the stacks whose contracts it imports; refuses when anything has moved since`,
    ),
    deploy: runner(
      "deploy",
      ["^deploy", "synth"],
      `Deploy ${stack}, after the stacks whose contracts it imports`,
    ),
    destroy: runner(
      "destroy",
      [...destroyFirst, ...synthFirst, "synth"],
      dependents.length > 0
        ? `Destroy ${stack}, after the stacks that import its contract: ${dependents.join(", ")}`
        : `Destroy ${stack}`,
    ),
    drift: runner(
      "drift",
      ["synth"],
      `Show what was changed in ${stack} outside of Terraform; fails when something was, but for --report-only`,
      open,
    ),
    ...(stack === "delivery"
      ? {
          rehearse: perZone(
            (zone) => `node tools/run.mjs rehearse --zone ${zone}`,
            { cache: false, options: open },
            "Run the synthesized pipeline on this machine, against the emulator: --approve --install=link",
          ),
        }
      : {}),
    unlock: runner(
      "unlock",
      ["synth"],
      `Show who holds the lock of a state of ${stack}; --id=<lock id> releases it`,
      open,
    ),
    output: runner(
      "output",
      ["synth"],
      `Show the contract values that ${stack} has published; --json for machines`,
      open,
    ),
  };
}
