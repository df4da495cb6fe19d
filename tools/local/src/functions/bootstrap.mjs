/**
 * What runs in the process of a function: loads the handler and calls it, once per message from the parent process.
 * It ends with its own children when the parent ends, even while the handler keeps the event loop busy.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** @typedef {import("./execution-environment").Request} Request */
/** @typedef {import("./execution-environment").Reply} Reply */
/** @typedef {(error?: unknown, result?: unknown) => void} Callback */
/** @typedef {(event: unknown, context: object, callback: Callback) => unknown} Handler */

const ORPHAN_CHECK_MS = 500;

const watchParent = () => {
  // The parent has made this process the leader of a group.
  process.on("disconnect", () => process.kill(-process.pid, "SIGKILL"));
  const watch = `
    const { parent, every } = require("node:worker_threads").workerData;
    setInterval(() => process.ppid === parent || process.kill(-process.pid, "SIGKILL"), every);`;
  const workerData = { parent: process.ppid, every: ORPHAN_CHECK_MS };
  new Worker(watch, { eval: true, workerData, env: {}, execArgv: [] }).unref();
};

/** @param {Reply} message */
const reply = (message) => process.send?.(message);

/** @param {unknown} error @returns {{errorType: string, errorMessage: string, stackTrace: string[]}} */
const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, stackTrace: (error.stack ?? "").split("\n") }
    : { errorType: typeof error, errorMessage: String(error), stackTrace: [] };

/** @param {string} name e.g. `lib/index.handler` @returns {Promise<Handler>} */
const loadHandler = async (name) => {
  const [, path = "", exported = ""] = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(name) ?? [];
  const base = join(process.env.LAMBDA_TASK_ROOT ?? "", path);
  const file = [".js", ".mjs", ".cjs"].map((extension) => base + extension).find(existsSync);
  if (!file) throw new Error(`Cannot find the module of the handler ${name}`);
  const loaded = file.endsWith(".mjs") ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  const handler = exported.split(".").reduce((value, key) => value?.[key], loaded);
  if (typeof handler !== "function") throw new Error(`${name} is undefined or not exported`);
  return handler;
};

/** @param {unknown} value @returns {value is Promise<unknown>} */
const isPromise = (value) => typeof value === "object" && value !== null && "then" in value;

/** @param {Handler} handler @param {Request} request @returns {Promise<unknown>} */
const call = (handler, { event, context, deadline }) =>
  new Promise((settle, fail) => {
    /** @type {Callback} */
    const callback = (error, result) =>
      error === null || error === undefined ? settle(result) : fail(error);
    const getRemainingTimeInMillis = () => Math.max(0, deadline - Date.now());
    const whole = { ...context, callbackWaitsForEmptyEventLoop: true, getRemainingTimeInMillis };
    const result = handler(event, whole, callback);
    if (isPromise(result)) result.then(settle, fail);
    // A handler that takes no callback is done when it returns.
    else if (handler.length < 3) settle(result);
  });

/** @param {Handler} handler @param {Request} request */
const answer = async (handler, request) => {
  process.env._X_AMZN_TRACE_ID = request.traceHeader;
  /** @type {Reply} */
  let outcome;
  try {
    outcome = { kind: "done", payload: JSON.stringify(await call(handler, request)) };
  } catch (error) {
    const described = describe(error);
    process.stderr.write(`${JSON.stringify(described)}\n`);
    outcome = { kind: "failed", error: `${described.errorType}: ${described.errorMessage}` };
  }
  // Output is written before this mark, so the parent knows which lines are this invocation's.
  for (const stream of [process.stdout, process.stderr]) stream.write(request.endMark);
  reply(outcome);
};

const main = async () => {
  watchParent();
  const handler = await loadHandler(process.env._HANDLER ?? "");
  process.on("message", (message) => void answer(handler, /** @type {Request} */ (message)));
  reply({ kind: "ready" });
};

main().catch((error) => {
  const { errorType, errorMessage } = describe(error);
  process.stderr.write(`${JSON.stringify(describe(error))}\n`);
  process.send?.({ kind: "failed", error: `Init failed: ${errorType}: ${errorMessage}` }, () =>
    process.exit(1),
  );
});
