#!/usr/bin/env node
/** Starts the command: plain JavaScript, which makes TypeScript loadable before it loads any. */
import { createRequire } from "node:module";
import { register } from "tsx/cjs/api";

register();
/** @type {typeof import("./src/command")} */
const { command } = createRequire(import.meta.url)("./src/command.ts");
process.exitCode = await command(process.argv.slice(2));
