import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError, type Zone } from "@landfall/core";
import { type StackDefinition, ZoneApp } from "@landfall/stack";
import { TerraformStack } from "cdktf";
import { capturedSources, captureSources } from "./source-capture";

export interface SynthesizeProps {
  readonly zone: Zone;
  /** The zone's folder in `libs/zones`. */
  readonly folder: string;
  readonly definitions: readonly StackDefinition[];
  /** The folder that is written to; the running bundle is named `synth.cjs` in it. Made when it is missing. */
  readonly outdir: string;
}

/**
 * Writes cdktf's output for the given stacks, with two files beside it: `zone.json` (the zone and the instances) and
 * `sources.json` (where in the bundle each element was made).
 *
 * @returns the names of the instances
 * @throws LandfallError when the zone is not named after its folder, or a construct's validation fails
 */
export function synthesize({ zone, folder, definitions, outdir }: SynthesizeProps): readonly string[] {
  if (zone.name !== folder) {
    throw new LandfallError(`libs/zones/${folder}/zone.ts:`, [
      { path: "name", given: zone.name, allowed: `its folder's name, ${folder}` },
    ]);
  }
  captureSources(join(outdir, "synth.cjs"));
  const app = new ZoneApp({ zone, definitions, outdir });
  const mistakes = app.node.findAll().flatMap((construct) => construct.node.validate());
  if (mistakes.length > 0)
    throw new LandfallError(`Zone '${zone.name}' can't be synthesized:\n  ${mistakes.join("\n  ")}`);
  app.synth();
  const stacks = app.node.children.filter((child): child is TerraformStack => TerraformStack.isStack(child));
  const write = (file: string, content: unknown) =>
    writeFileSync(join(outdir, file), `${JSON.stringify(content, undefined, 2)}\n`);
  write("zone.json", { zone, instances: app.instances });
  write("sources.json", capturedSources(stacks));
  return app.instances.map(({ name }) => name);
}
