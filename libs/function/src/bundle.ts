import { createHash } from "node:crypto";
import { join, relative, resolve, sep } from "node:path";
import { buildSync, type BuildOptions, version } from "esbuild";
import { zipSync } from "fflate";
import { type Bundle, BundleCache } from "./bundle-cache";
import { ownSourceMap } from "./own-source-map";

/**
 * Every entry of a zip gets this time, the first that the format knows, so that a zip depends on its contents alone.
 * It is given by its local parts because that is what the format stores.
 */
const ZIP_TIME = new Date(1980, 0, 1);

/** `-rw-r--r--` of a regular file, in the upper half of the external attributes, as Unix zips hold it. */
const ZIP_ATTRIBUTES = (0o100644 << 16) >>> 0;
const ZIP_MADE_ON_UNIX = 3;

/** Node.js of the functions: known to the whole provider range. */
const TARGET = "node22";

/** How esbuild is called, but for the folder and the entry. */
const OPTIONS = {
  bundle: true,
  write: false,
  metafile: true,
  platform: "node",
  target: TARGET,
  // ES modules first: only they can be shaken, which takes a quarter off a function that uses the AWS SDK.
  mainFields: ["module", "main"],
  format: "cjs",
  minify: true,
  sourcemap: "linked",
  sourcesContent: false,
  legalComments: "none",
  logLevel: "silent",
} as const satisfies BuildOptions;

const bundles = new Map<string, Bundle>();
const caches = new Map<string, BundleCache>();

/**
 * Bundles a function with everything it imports into a zip that is the same, to the byte, in any folder and on any
 * machine: minified CommonJS with a source map of our own lines, fixed times and modes, sorted entries. It is built once and
 * then remembered, see {@link BundleCache}.
 *
 * @param entry the TypeScript file that exports the handler, from the workspace's root, e.g. `apps/intake/src/x.function.ts`
 * @param root the workspace's root. @default the working folder
 * @throws Error when the entry does not build; the message holds esbuild's own, with file and line
 */
export function bundleFunction(entry: string, root: string = process.cwd()): Bundle {
  const file = resolve(root, entry);
  const known = bundles.get(file);
  if (known) return known;
  const bundle = cacheOf(root).find(entryOf(root, file)) ?? build(root, file);
  bundles.set(file, bundle);
  return bundle;
}

const entryOf = (root: string, file: string): string => relative(root, file).split(sep).join("/");

function cacheOf(root: string): BundleCache {
  const known = caches.get(root);
  if (known) return known;
  const cache = new BundleCache(root, JSON.stringify({ version, OPTIONS }));
  caches.set(root, cache);
  return cache;
}

/** How esbuild is asked for a function: whoever wants to know more of a bundle asks it the same. */
export const bundleOptions = (file: string, root: string) => ({
  ...OPTIONS,
  mainFields: [...OPTIONS.mainFields],
  absWorkingDir: root,
  entryPoints: { index: entryOf(root, file) },
  outdir: join(root, "dist", "bundle"),
});

function build(root: string, file: string): Bundle {
  const options = bundleOptions(file, root);
  const { outputFiles, metafile } = buildSync(options);
  const files = outputFiles
    .map(
      ({ path, contents, text }) =>
        [
          relative(options.outdir, path),
          path.endsWith(".map") ? new TextEncoder().encode(ownSourceMap(text)) : contents,
        ] as const,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const zip = zipSync(Object.fromEntries(files), {
    level: 9,
    mtime: ZIP_TIME,
    os: ZIP_MADE_ON_UNIX,
    attrs: ZIP_ATTRIBUTES,
  });
  const bundle: Bundle = { zip, sha256: createHash("sha256").update(zip).digest("base64") };
  cacheOf(root).keep(entryOf(root, file), bundle, Object.keys(metafile.inputs));
  return bundle;
}
