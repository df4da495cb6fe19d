import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";

/** Terraform JSON as cdktf writes it to `cdk.tf.json`. */
export type TerraformJson = Readonly<Record<string, unknown>>;

/** The synthesized stacks of a whole zone. */
export interface SynthesizedZone {
  /** e.g. `sandbox` */
  readonly name: string;
  /** Terraform JSON by the instance's name, e.g. `sandbox-network-eu-west-1`. */
  readonly instances: Readonly<Record<string, TerraformJson>>;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/**
 * Reads what `node tools/synth/synth.mjs --zone <zone> --out <folder>` wrote.
 *
 * @throws LandfallError when the folder holds no synthesized zone, or lacks one of its instances
 */
export function readZone(folder: string): SynthesizedZone {
  const file = (...path: string[]) => {
    const name = join(folder, ...path);
    if (!existsSync(name)) {
      throw new LandfallError(
        `There is no ${name}. Write it with: node tools/synth/synth.mjs --zone <zone> --out ${folder}`,
      );
    }
    return name;
  };
  const { zone, instances } = readJson(file("zone.json")) as {
    readonly zone: { readonly name: string };
    readonly instances: readonly { readonly name: string }[];
  };
  return {
    name: zone.name,
    instances: Object.fromEntries(
      instances.map(({ name }) => [name, readJson(file("stacks", name, "cdk.tf.json")) as TerraformJson]),
    ),
  };
}
