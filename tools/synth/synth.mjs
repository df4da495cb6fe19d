#!/usr/bin/env node
/**
 * Synthesizes a zone: bundles its stacks with esbuild and runs the bundle in this process. Plain JavaScript, because
 * loading TypeScript would take longer than the synthesis. `cdktf.json` names this file as the app.
 */
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compileFunction } from "node:vm";

const USAGE = `Synthesizes the stacks of a zone to Terraform JSON.

  node tools/synth/synth.mjs [--zone <zone>] [--stack <stack>] [--out <folder>]

  --zone   a folder of libs/zones                    default: $LANDFALL_ZONE, else local
  --stack  only this stack                           default: every stack of the zone
  --out    where to write                            default: dist/synth/<zone>/<stack> with --stack,
                                                     else $CDKTF_OUTDIR, else cdktf.out
`;

const require = createRequire(import.meta.url);
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Whether what is synthesized is judged by the FSBP controls at once: LANDFALL_FSBP=off says otherwise. */
const IS_JUDGED = (process.env.LANDFALL_FSBP ?? "on") !== "off";

/** A mistake of the user: its message is all that is shown. */
class UsageError extends Error {}

/** @param {string} folder @param {string} file the file that makes a child of the folder count */
const children = (folder, file) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder))
        .filter((name) => existsSync(join(ROOT, folder, name, file)))
        .sort()
    : [];

/** Every stack's file by the stack's name: the folders are the map. */
const stackFiles = () =>
  new Map([
    ...children("stacks", "src/stack.ts").map(
      (name) => /** @type {const} */ ([name, `stacks/${name}/src/stack.ts`]),
    ),
    ...children("apps", "infra/stack.ts").map(
      (name) => /** @type {const} */ ([name, `apps/${name}/infra/stack.ts`]),
    ),
  ]);

/** @param {string} what @param {string} given @param {readonly string[]} known */
async function mustBeKnown(what, given, known) {
  if (known.includes(given)) return;
  const { closest } = await import("fastest-levenshtein");
  const guess = closest(given, known);
  throw new UsageError(
    `'${what}' must be one of ${known.join(", ")}, got: ${given} (did you mean '${guess}'?)`,
  );
}

function options() {
  const string = /** @type {const} */ ({ type: "string" });
  try {
    const { values } = parseArgs({
      options: { zone: string, stack: string, out: string, help: { type: "boolean", short: "h" } },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

/** What a run of ours leaves in its folder: without it, a folder is somebody else's and nothing in it is removed. */
const MARK = "zone.json";

/**
 * Bundles the zone and the chosen stacks with the code that synthesizes them.
 *
 * @param {string} zone @param {readonly string[]} files @param {string} outfile
 */
async function bundle(zone, files, outfile) {
  const { build } = await import("esbuild");
  const entry = [
    `import { synthesize } from "./tools/synth/src/synthesize";`,
    `import { zone } from "./libs/zones/${zone}/zone";`,
    ...files.map(
      (file, index) => `import { definition as d${index} } from "./${file.replace(/\.ts$/, "")}";`,
    ),
    `const definitions = [${files.map((_, index) => `d${index}`).join(", ")}];`,
    `export const run = (outdir) => synthesize({ zone, folder: ${JSON.stringify(zone)}, definitions, outdir });`,
    ...(IS_JUDGED ? [`export { checkOutput } from "./tools/fsbp/src/check-output";`] : []),
  ].join("\n");
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: { contents: entry, resolveDir: ROOT, sourcefile: "synth-entry.ts", loader: "ts" },
    outfile,
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: "external",
    sourcesContent: false,
    // Packages load faster than they can be bundled; our own are TypeScript and must be.
    external: packages(),
    logLevel: "error",
  });
  return outputFiles;
}

/** The packages that package.json names, with all that is in them. */
function packages() {
  const { dependencies, devDependencies } = require(join(ROOT, "package.json"));
  return Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => [name, `${name}/*`]);
}

/**
 * Runs the bundle with this file's `require`, so that what is left outside of it is found wherever it is written.
 *
 * @param {string} code @param {string} filename
 * @returns {{ run: (outdir: string) => readonly string[], checkOutput?: (outdir: string) => boolean }}
 */
function load(code, filename) {
  const wrapper = compileFunction(code, ["module", "exports", "require"], { filename });
  const module = { exports: { run: () => [] } };
  wrapper(module, module.exports, require);
  return module.exports;
}

async function main() {
  const { zone = process.env.LANDFALL_ZONE ?? "local", stack, out, help } = options();
  if (help) return void process.stdout.write(USAGE);
  const files = stackFiles();
  await mustBeKnown("zone", zone, children("libs/zones", "zone.ts"));
  if (stack !== undefined) await mustBeKnown("stack", stack, [...files.keys()]);

  const outdir = resolve(
    ROOT,
    out ?? (stack ? join("dist", "synth", zone, stack) : (process.env.CDKTF_OUTDIR ?? "cdktf.out")),
  );
  process.chdir(ROOT);
  const outfile = join(outdir, "synth.cjs");
  const outputs = await bundle(
    zone,
    stack === undefined ? [...files.values()] : [files.get(stack) ?? ""],
    outfile,
  );
  // Loading it validates the zone: until then nothing is written or removed.
  const { run, checkOutput } = load(outputs.find(({ path }) => path === outfile)?.text ?? "", outfile);

  // What an earlier run wrote may belong to an instance that is no more.
  if (existsSync(join(outdir, MARK))) rmSync(join(outdir, "stacks"), { recursive: true, force: true });
  const instances = run(outdir);
  for (const { path, contents } of outputs) writeFileSync(path, contents);
  process.stdout.write(`Synthesized ${instances.join(", ")} to ${relative(ROOT, outdir) || "."}\n`);
  // The FSBP check: what was written stands, and the run fails.
  if (checkOutput?.(outdir) === false) process.exitCode = 1;
}

main().catch((error) => {
  // LandfallError comes from inside the bundle, so that it is known by its name alone.
  const expected =
    error instanceof UsageError || error?.name === "LandfallError" || Array.isArray(error?.errors);
  process.stderr.write(`${expected ? error.message : (error?.stack ?? error)}\n`);
  process.exitCode = 1;
});
