import { spawnSync } from "node:child_process";
import { ROOT } from "./workspace";

/** Runs an Nx command in the workspace as a person would, without its daemon. */
export function nx(...args: string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [require.resolve("nx/bin/nx.js"), ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: {
      ...process.env,
      NX_DAEMON: "false",
      NX_ISOLATE_PLUGINS: "false",
      NX_TUI: "false",
      FORCE_COLOR: "0",
    },
  });
  return { status, output: stdout + stderr };
}
