import { spawnSync } from "node:child_process";
import { LandfallError } from "@landfall/core";

/** The stacks that a target runs for, each with the stacks whose same target must have ended before. */
export type StackTasks = Readonly<Record<string, readonly string[]>>;

/** What `nx … --graph=stdout` prints. */
export interface NxTaskGraph {
  readonly tasks: {
    readonly tasks: Readonly<
      Record<string, { readonly target: { readonly project: string; readonly target: string } }>
    >;
    readonly dependencies: Readonly<Record<string, readonly string[]>>;
  };
}

/** The tasks of one target in Nx's graph; those of other targets are what a build does by itself. */
export function stackTasksIn({ tasks: { tasks, dependencies } }: NxTaskGraph, target: string): StackTasks {
  const projectOf = (task: string): string | undefined =>
    tasks[task]?.target.target === target ? tasks[task].target.project : undefined;
  return Object.fromEntries(
    Object.keys(tasks).flatMap((task) => {
      const project = projectOf(task);
      if (project === undefined) return [];
      return [[project, (dependencies[task] ?? []).flatMap((before) => projectOf(before) ?? [])]];
    }),
  );
}

/**
 * Asks Nx what a target runs for, and in which order.
 *
 * @param affected only what differs from Nx's base (`NX_BASE`, else the default branch), and what that waits for
 * @throws LandfallError with Nx's own words when it fails
 */
export function stackTasks(root: string, target: string, affected: boolean): StackTasks {
  const args = [affected ? "affected" : "run-many", "-t", target, "--graph=stdout"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [require.resolve("nx/bin/nx.js"), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NX_DAEMON: "false", NX_ISOLATE_PLUGINS: "false", FORCE_COLOR: "0" },
  });
  const start = stdout.indexOf("{");
  if (status !== 0 || start < 0) {
    throw new LandfallError(`\`nx ${args.join(" ")}\` failed:\n${stdout}${stderr}`.trimEnd());
  }
  return stackTasksIn(JSON.parse(stdout.slice(start)) as NxTaskGraph, target);
}
