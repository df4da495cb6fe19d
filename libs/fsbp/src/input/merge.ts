import { LandfallError } from "@landfall/core";
import { declarationsIn, type JsonRecord, type TerraformJson } from "@landfall/terraform-graph";

/** A file of a folder. */
interface Part {
  readonly file: string;
  readonly json: TerraformJson;
}

/** `override.tf.json` and `*_override.tf.json` change what other files declare. */
const OVERRIDE = /(?:^|[/\\_])override\.tf\.json$/;

/**
 * The files of one folder as one configuration.
 *
 * @throws LandfallError when two files declare the same resource, which Terraform refuses: one would hide the other
 */
export function mergeFiles(parts: readonly Part[]): TerraformJson {
  const [only] = parts;
  if (only && parts.length === 1) return only.json;
  const declared = new Map<string, string>();
  const merged: Record<string, unknown> = {};
  for (const { file, json } of parts.filter(({ file }) => !OVERRIDE.test(file))) {
    for (const { type, name } of declarationsIn("", json)) {
      const address = `${type}.${name}`;
      const earlier = declared.get(address);
      if (earlier !== undefined) {
        throw new LandfallError(`${address} is declared twice: in ${earlier} and in ${file}`);
      }
      declared.set(address, file);
    }
    for (const [section, content] of Object.entries(json)) {
      // Each level may be a list, so that sections side by side are one.
      merged[section] = merged[section] === undefined ? content : [merged[section], content].flat();
    }
  }
  for (const { json } of parts.filter(({ file }) => OVERRIDE.test(file))) {
    for (const section of ["resource", "data"] as const) override(merged, section, json);
  }
  return merged;
}

/** Arguments of an override take the place of those of the same name. */
function override(merged: Record<string, unknown>, section: "resource" | "data", json: TerraformJson): void {
  const changes = declarationsIn("", { [section]: json[section] });
  const blocks: Record<string, Record<string, JsonRecord>> = {};
  for (const { type, name, block } of declarationsIn("", { [section]: merged[section] })) {
    const change = changes.find((each) => each.type === type && each.name === name);
    const bare = type.replace(/^data\./, "");
    (blocks[bare] ??= {})[name] = { ...block, ...change?.block };
  }
  if (changes.length > 0) merged[section] = blocks;
}
