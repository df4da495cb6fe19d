import { spawn } from "node:child_process";

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Keeps what it prints instead of passing it on to the terminal. */
  readonly capture?: boolean;
}

export interface Ran {
  /** 1 where a signal ended it. */
  readonly code: number;
  /** What it printed on both streams, and on its standard output alone, where that was to be kept. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs a program to its end. Ctrl-C reaches it through the terminal. */
export function run(
  program: string,
  args: readonly string[],
  { cwd, env = {}, capture = false }: RunOptions,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", capture ? "pipe" : "inherit", capture ? "pipe" : "inherit"],
    });
    let output = "";
    let stdout = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      stdout += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output, stdout }));
  });
}

/** Runs a script of this workspace, or of a package, with this Node.js. */
export const node = (args: readonly string[], options: RunOptions): Promise<Ran> =>
  run(process.execPath, args, options);

/** How the stages run Nx: alone, without a daemon and without questions. */
const NX_ENV = {
  NX_DAEMON: "false",
  NX_TUI: "false",
  NX_ISOLATE_PLUGINS: "false",
  NX_INTERACTIVE: "false",
  FORCE_COLOR: "0",
} as const;

/** Runs Nx on a target of stacks in a zone. */
export const nx = (
  root: string,
  target: string,
  zone: string,
  args: readonly string[],
  capture = false,
): Promise<Ran> =>
  node(
    [
      require.resolve("nx/bin/nx.js"),
      "run-many",
      `--targets=${target}`,
      `--configuration=${zone}`,
      "--outputStyle=stream-without-prefixes",
      ...args,
    ],
    { cwd: root, env: NX_ENV, capture },
  );

/**
 * Runs a target of stacks in a zone and nothing that it depends on: what it works on was synthesized before and is not to
 * be made anew. A stack that fails stops only what depends on it.
 *
 * @param stacks none means every project that has the target
 * @returns the exit code
 */
export async function nxTarget(
  root: string,
  target: string,
  zone: string,
  stacks: readonly string[] = [],
): Promise<number> {
  const projects = stacks.length === 0 ? [] : [`--projects=${stacks.join(",")}`];
  const { code } = await nx(root, target, zone, [...projects, "--excludeTaskDependencies", "--nxBail=false"]);
  return code;
}
