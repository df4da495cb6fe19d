import { spawnSync } from "node:child_process";

import { CONFIRM_VARIABLE, type DestroyRun, RUN_VARIABLE } from "../guards/destroy-run";

/** The most that Nx may print of its graphs, in bytes. */
const GRAPH_BYTES = 256 * 1024 * 1024;

/** Asks Nx which tasks a command line would run. */
export type TasksOf = (argv: readonly string[]) => readonly string[];

const isConfirm = (argument: string): boolean => /^--confirm(?:=|$)/.test(argument);

/**
 * The environment of every task of a run that destroys: what was confirmed, and all that will be destroyed. Nx destroys a
 * stack's dependents before it, each in a task of its own; with this, the first of them decides as the last would.
 *
 * @param argv the arguments of `nx`
 * @param tasksOf ids such as `network:destroy:sandbox`
 * @returns an empty environment for a run that destroys nothing
 */
export function destroyEnvironment(argv: readonly string[], tasksOf: TasksOf): Record<string, string> {
  if (!argv.some((argument) => argument.split(/[=,:]/).includes("destroy"))) return {};
  const at = argv.findIndex(isConfirm);
  const [, inline] = /^--confirm=(.*)$/.exec(argv[at] ?? "") ?? [];
  const confirmed = at < 0 ? undefined : (inline ?? argv[at + 1]);
  const rest = argv.filter(
    (_argument, index) => at < 0 || (index !== at && (inline !== undefined || index !== at + 1)),
  );
  const stacks = tasksOf(rest).flatMap((id) => /^(.+):destroy(?::|$)/.exec(id)?.[1] ?? []);
  const run: DestroyRun = { argv: rest, stacks: [...new Set(stacks)].sort() };
  return {
    [RUN_VARIABLE]: JSON.stringify(run),
    ...(confirmed === undefined ? {} : { [CONFIRM_VARIABLE]: confirmed }),
  };
}

/**
 * @param nx the file that Nx was started from
 * @returns the tasks of a command line; none where Nx doesn't tell
 */
export const tasksByGraph =
  (nx: string, root: string): TasksOf =>
  (argv) => {
    const { status, stdout } = spawnSync(process.execPath, [nx, ...argv, "--graph=stdout"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: GRAPH_BYTES,
      env: { ...process.env, NX_DAEMON: "false" },
    });
    if (status !== 0) return [];
    const graph = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
      readonly tasks?: { readonly tasks?: Readonly<Record<string, unknown>> };
    };
    return Object.keys(graph.tasks?.tasks ?? {});
  };
