import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { revisionOf, verifiedFolder } from "../artifacts";
import { differences, hashOf, namesFirst } from "../digest/hashes";
import { hashSource } from "../digest/source-tree";
import { writeVerified } from "../digest/verified";
import { node, nx } from "../run";
import { synthFolder, verifiedSynth } from "../synth-output";
import { audit } from "./audit";
import { assertAllKnown, bundleOf, functionsIn } from "./bundles";
import { type Check, runChecks, SKIP, skippedChecks } from "./checks";
import { judgeZones, provePermissions, synthWhole } from "./proofs";
import { type LockedPackages, sbomOf } from "./sbom";

/**
 * Checks the source and makes the artifact `verified` of it: what was synthesized, the bundles in it, a bill of materials
 * for each, the reports, and the digest that binds them to the source.
 *
 * @throws LandfallError naming the checks that failed, after all of them have run
 */
export async function verify(
  root: string,
  zones: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const folder = verifiedFolder(root);
  const scratch = mkdtempSync(join(tmpdir(), "landfall-verify-"));
  try {
    const source = hashSource(root);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const checks = checksOf({ root, zones, folder, whole: (zone) => join(scratch, zone) });
    const results = await runChecks(checks, skippedChecks(checks, process.env[SKIP]), say);
    const moved = differences(source, hashSource(root));
    if (moved.length > 0) {
      throw new LandfallError(
        `Not verified: the source changed meanwhile: ${namesFirst(moved)}; run it again`,
      );
    }
    const digest = writeVerified(folder, root, {
      revision: revisionOf(root),
      zones,
      checks: results,
      source,
    });
    say(
      `\nVerified ${Object.keys(source).length} files (SHA-256 ${hashOf(source).slice(0, 12)}…) for ${zones.join(", ")}: dist/delivery/verified, ${Object.keys(digest.files).length} files`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface Of {
  readonly root: string;
  readonly zones: readonly string[];
  /** Where the artifact is made. */
  readonly folder: string;
  /** Where a whole zone is synthesized to. */
  readonly whole: (zone: string) => string;
}

function checksOf({ root, zones, folder, whole }: Of): Check[] {
  const reports = join(folder, "reports");
  const tool = (name: string, passed: string, ...args: string[]): Check => ({
    name,
    run: async () => {
      const { code, output } = await node(args, {
        cwd: root,
        capture: true,
        env: { NX_DAEMON: "false", FORCE_COLOR: "0" },
      });
      if (code !== 0) throw new LandfallError(`it ended with ${code}\n${output.trim()}`);
      return passed;
    },
  });
  return [
    tool("types", "", "node_modules/typescript/bin/tsc", "-p", "tsconfig.json"),
    tool("lint", "", "node_modules/eslint/bin/eslint.js", "."),
    tool("test", "the rung unit", "node_modules/jest/bin/jest.js", "--selectProjects=unit"),
    { name: "synth", essential: true, run: () => synthesize(root, zones, folder, whole) },
    { name: "fsbp", run: () => judgeZones(root, zones, whole, reports) },
    { name: "permissions", run: () => provePermissions(zones, whole, reports) },
    { name: "audit", run: () => audit(root) },
    { name: "sbom", essential: true, run: () => billsOfMaterials(root, folder) },
  ];
}

/** Each stack for itself, as it is deployed, and each zone as a whole, as it is judged. Nothing comes from a cache. */
async function synthesize(
  root: string,
  zones: readonly string[],
  folder: string,
  whole: Of["whole"],
): Promise<string> {
  let stacks = 0;
  for (const zone of zones) {
    rmSync(synthFolder(root, zone), { recursive: true, force: true });
    const { code, output } = await nx(root, "synth", zone, ["--skipNxCache"], true);
    if (code !== 0) throw new LandfallError(`the zone ${zone} does not synthesize:\n${output.trim()}`);
    await synthWhole(root, zone, whole(zone));
    cpSync(synthFolder(root, zone), verifiedSynth(folder, zone), { recursive: true });
    stacks += stacksOf(whole(zone));
  }
  return `${zones.length} zones, ${stacks} instances`;
}

const stacksOf = (whole: string): number =>
  (JSON.parse(readFileSync(join(whole, "zone.json"), "utf8")) as { readonly instances: readonly unknown[] })
    .instances.length;

async function billsOfMaterials(root: string, folder: string): Promise<string> {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: LockedPackages;
  };
  const bundles = [];
  mkdirSync(join(folder, "sbom"), { recursive: true });
  for (const entry of functionsIn(root)) {
    const bundle = await bundleOf(root, entry);
    const name = entry
      .replace(/^apps\//, "")
      .replace(/\/src\//, "-")
      .replace(/\.function\.ts$/, "")
      .replaceAll("/", "-");
    writeFileSync(join(folder, "sbom", `${name}.cdx.json`), sbomOf(bundle, packages));
    bundles.push(bundle);
  }
  assertAllKnown(join(folder, "synth"), bundles);
  return `${bundles.length} bundles, each with its CycloneDX file`;
}
