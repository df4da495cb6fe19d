import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { LandfallError } from "@landfall/core";

export interface NxRun {
  readonly root: string;
  /** e.g. `["run-many", "-t", "deploy"]` */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Given each line that a task prints. Nx's own headings are left out. */
  readonly onLine: (line: string) => void;
  /** Asks Nx and its tasks to end when it is aborted; a second interrupt is up to the caller. */
  readonly signal: AbortSignal;
}

/** Milliseconds that an interrupted run gets to end what is under way and save its state. */
const GRACE_MS = 30_000;
const TAIL_LINES = 20;

/** What Nx says of itself around its tasks' lines. */
const OWN_WORDS =
  /^(> |npm warn|Warning: command |Synthesized |\s*NX |- |Nx read |Tasks |Failed tasks|\s+(Run duration|Cache|Critical path|Recoverable|Recommendations|- |\S+:\S+ +\d|View )|\s*$|—)/;

/**
 * Runs an Nx command in a process group of its own, so that an interrupt in the terminal reaches it through us alone.
 *
 * @throws LandfallError when a task fails: its own lines have been passed on by then
 */
export async function runNx({ root, args, env, onLine, signal }: NxRun): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [require.resolve("nx/bin/nx.js"), ...args], {
    cwd: root,
    env: {
      ...env,
      NX_DAEMON: "false",
      NX_TUI: "false",
      NX_ISOLATE_PLUGINS: "false",
      NX_INTERACTIVE: "false",
      FORCE_COLOR: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const tail: string[] = [];
  let passedOn = 0;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      if (OWN_WORDS.test(line)) return;
      passedOn += 1;
      onLine(line);
    });
  }
  const code = await untilEnd(child, signal);
  signal.throwIfAborted();
  if (code === 0) return;
  const why = passedOn === 0 ? `:\n${tail.map((line) => `  ${line}`).join("\n")}` : ".";
  throw new LandfallError(`\`nx ${args.join(" ")}\` failed${why}`);
}

async function untilEnd(child: ChildProcess, signal: AbortSignal): Promise<number> {
  const group = (name: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The whole group has ended already.
    }
  };
  let kill: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    group("SIGINT");
    kill = setTimeout(() => group("SIGKILL"), GRACE_MS);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? 1));
    });
  } finally {
    clearTimeout(kill);
    signal.removeEventListener("abort", interrupt);
    group("SIGKILL");
  }
}
