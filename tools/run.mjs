#!/usr/bin/env node
/**
 * The door of every npm script: installs the packages when they are missing or out of date, then runs the command.
 * Plain JavaScript with nothing imported, because it must work in a fresh clone.
 */
import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Node.js 20 runs all of this; the AWS SDK says at every start that its later versions will not. */
const QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

/** The oldest Node.js that every tool here runs on: `engines` in package.json. */
const OLDEST_NODE = /** @type {const} */ ([20, 19]);

/** @type {Readonly<Record<string, string>>} */
const COMMANDS = {
  start: "tools/local/src/commands/start.ts",
  local: "tools/local/src/commands/local.ts",
  test: "tools/rungs/src/main.ts",
  drill: "tools/drill/src/main.ts",
  bench: "tools/bench/src/main.ts",
  "bench:faults": "tools/faults/src/main.ts",
  docs: "tools/rungs/src/docs.ts",
  bootstrap: "tools/nx-terraform/src/bootstrap.ts",
  redrive: "tools/redrive/src/main.ts",
  fsbp: "tools/fsbp/src/zone-command.ts",
  "fan-out": "tools/fan-out/src/main.ts",
  "remote-cache": "tools/remote-cache/src/main.ts",
  delivery: "tools/delivery/src/main.ts",
  rehearse: "tools/rehearsal/src/main.ts",
};

/**
 * Runs a program to its end. Ctrl-C reaches it through the terminal, so that here it is only waited out.
 *
 * @param {string} program @param {readonly string[]} args @returns {Promise<number>} its exit code
 */
function run(program, args) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...QUIET } });
    for (const name of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(name, () => child.kill(name));
    process.on("SIGINT", () => undefined);
    child.once("error", failed);
    child.once("close", (code, signal) => done(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

/** Whether the packages are those of the lock file. npm writes its own copy of it last of all. */
function installed() {
  const lock = resolve(ROOT, "package-lock.json");
  const copy = resolve(ROOT, "node_modules/.package-lock.json");
  return existsSync(copy) && statSync(copy).mtimeMs >= statSync(lock).mtimeMs;
}

/** @returns {Promise<number>} */
async function main() {
  const [name = "", ...args] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (command === undefined) {
    console.error(`'command' must be one of ${Object.keys(COMMANDS).join(", ")}, got: ${name || "nothing"}`);
    return 1;
  }
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    console.error(
      `Node.js ${process.versions.node} is too old: ${OLDEST_NODE.join(".")} or newer is needed (see .nvmrc).`,
    );
    return 1;
  }
  if (!installed()) {
    console.log("Installing the packages of package-lock.json: once, about half a minute.");
    const code = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    if (code !== 0) {
      console.error(
        "The packages could not be installed: see npm's message above, then run the command again.",
      );
      return code;
    }
  }
  return run(process.execPath, ["--import", "tsx", command, ...args]);
}

process.exitCode = await main();
