import { LandfallError } from "@landfall/core";
import { type StackTasks } from "./stack-tasks";

/** One build of a batch: one stack. */
export interface BatchBuild {
  readonly identifier: string;
  readonly env: { readonly variables: { readonly LANDFALL_STACK: string } };
  /** Builds that must have succeeded before. */
  readonly "depend-on"?: readonly string[];
}

/**
 * A CodeBuild buildspec that runs one build for each stack.
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-buildspec.html
 */
export interface BatchBuildSpec {
  readonly version: "0.2";
  readonly batch: { readonly "fast-fail": false; readonly "build-graph": readonly BatchBuild[] };
  readonly env: { readonly variables: Readonly<Record<string, string>> };
  readonly phases: Readonly<Record<"install" | "build", { readonly commands: readonly string[] }>>;
}

export interface BatchBuildSpecProps {
  /** e.g. `sandbox` */
  readonly zone: string;
  /** The Nx target that each build runs, e.g. `plan`. */
  readonly target: string;
  readonly tasks: StackTasks;
}

/** The most builds of a batch: what CodeBuild allows a project that sets no other restriction. */
export const MAX_BUILDS = 100;

/** What CodeBuild takes as the name of a build. */
const identifierOf = (stack: string): string => stack.replace(/\W/g, "_");

/**
 * The batch build of a target. The order is Nx's: a build waits for the stacks that its own waits for, and for nothing else.
 * CodeBuild schedules them; a failed build stops only what depends on it.
 *
 * @throws LandfallError when there are more stacks than a batch takes, or two of one name
 */
export function batchBuildSpec({ zone, target, tasks }: BatchBuildSpecProps): BatchBuildSpec {
  const stacks = Object.keys(tasks).sort();
  if (stacks.length > MAX_BUILDS) {
    throw new LandfallError(
      `'stacks' of a batch must be at most ${MAX_BUILDS}, got: ${stacks.length}. Next: fan out what is affected with --affected, or raise the project's limit and split the zone`,
    );
  }
  for (const [index, stack] of stacks.entries()) {
    const other = stacks.slice(index + 1).find((each) => identifierOf(each) === identifierOf(stack));
    if (other !== undefined) {
      throw new LandfallError(
        `stacks '${stack}' and '${other}' both become the build '${identifierOf(stack)}'. Next: rename one`,
      );
    }
  }
  return {
    version: "0.2",
    batch: {
      // What does not depend on a failed stack is finished.
      "fast-fail": false,
      "build-graph": stacks.map((stack) => {
        const before = [...(tasks[stack] ?? [])].sort().map(identifierOf);
        return {
          identifier: identifierOf(stack),
          env: { variables: { LANDFALL_STACK: stack } },
          ...(before.length > 0 ? { "depend-on": before } : {}),
        };
      }),
    },
    env: { variables: { LANDFALL_ZONE: zone, NX_DAEMON: "false", NX_TUI: "false" } },
    phases: {
      install: { commands: ["npm ci"] },
      build: {
        commands: [
          'npx nx synth "$LANDFALL_STACK" --configuration="$LANDFALL_ZONE"',
          // What it depends on are builds of their own.
          `npx nx ${target} "$LANDFALL_STACK" --configuration="$LANDFALL_ZONE" --excludeTaskDependencies`,
        ],
      },
    },
  };
}
