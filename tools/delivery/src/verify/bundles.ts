import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { LandfallError } from "@landfall/core";
import { bundleFunction, bundleOptions } from "@landfall/function";
import { build } from "esbuild";
import { sha256 } from "../digest/hashes";
import { type BundledFunction } from "./sbom";

const FUNCTION = /\.function\.ts$/;
const ZIP = /\.zip$/;

/** Every function of the workspace: each `<name>.function.ts` below `apps`, from the root, sorted. */
export const functionsIn = (root: string): string[] =>
  readdirSync(join(root, "apps"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && FUNCTION.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();

/** Bundles a function as it is deployed, and asks esbuild what went into it. */
export async function bundleOf(root: string, entry: string): Promise<BundledFunction> {
  const { zip } = bundleFunction(entry, root);
  const { metafile } = await build(bundleOptions(resolve(root, entry), root));
  const inputs = Object.values(metafile.outputs)
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([input]) => input);
  return { entry, sha256: sha256(zip), inputs: [...new Set(inputs)].sort() };
}

/**
 * Refuses a zip among what was synthesized that is none of the bundles: it would be deployed without a bill of materials.
 *
 * @throws LandfallError naming the zip
 */
export function assertAllKnown(folder: string, bundles: readonly BundledFunction[]): void {
  const known = new Set(bundles.map((bundle) => bundle.sha256));
  const strange = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ZIP.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !known.has(sha256(readFileSync(file))));
  if (strange.length === 0) return;
  throw new LandfallError(
    `Each zip that is deployed must be the bundle of a *.function.ts below apps, got: ${strange.map((file) => relative(folder, file)).join(", ")}`,
  );
}
