/** `node tools/run.mjs remote-cache -- <command>`: runs a command with Nx's remote cache on an S3 bucket. */
import { spawn } from "node:child_process";
import { LandfallError } from "@landfall/core";
import { startCacheServer } from "./cache-server";
import { help, parseOptions } from "./options";
import { S3Store } from "./s3-store";

async function main(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv, process.env);
  if (options === undefined) {
    console.log(help);
    return 0;
  }
  if (options.bucket === undefined) {
    console.log("no remote cache: neither --bucket nor LANDFALL_CACHE_BUCKET is set");
    return run(options.command, process.env);
  }
  const store = new S3Store(options.bucket, options.region);
  const said = new Set<string>();
  const server = await startCacheServer({
    store,
    readOnly: options.readOnly,
    // The same trouble with every task is one line.
    say: (line) => {
      if (!said.has(line)) console.error(line);
      said.add(line);
    },
  });
  try {
    const code = await run(options.command, { ...process.env, ...server.env });
    const { hits, misses, stored } = server.counts;
    const mode = options.readOnly ? "read only" : `${stored} stored`;
    console.log(`remote cache ${options.bucket}: ${hits} hits, ${misses} misses, ${mode}`);
    return code;
  } finally {
    await server.close();
    store.close();
  }
}

/** Runs the command to its end; a signal is passed on and waited out. */
function run([program, ...args]: readonly [string, ...string[]], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: "inherit", env });
    for (const name of ["SIGTERM", "SIGHUP"] as const) process.on(name, () => child.kill(name));
    process.on("SIGINT", () => undefined);
    child.once("error", (error) => failed(new LandfallError(`${program} can't be run: ${error.message}`)));
    child.once("close", (code, signal) => done(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof LandfallError ? error.message : error);
    return 1;
  })
  .then((code) => process.exit(code));
