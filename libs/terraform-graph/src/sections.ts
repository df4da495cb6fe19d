import { isRecord, type JsonRecord, record, type TerraformJson } from "./terraform-json";

/** A resource or data source as it is declared, before `count` and `for_each`. */
export interface Declaration {
  readonly stack: string;
  /** e.g. `aws_vpc`, or `data.aws_ssm_parameter` */
  readonly type: string;
  readonly name: string;
  readonly block: JsonRecord;
}

/** Keys with their values: JSON may write a level of labels as an object, or as a list of objects. */
const entriesOf = (section: unknown): readonly (readonly [string, unknown])[] =>
  [section]
    .flat()
    .filter(isRecord)
    // `//` is a comment.
    .flatMap((part) => Object.entries(part).filter(([key]) => key !== "//"));

/** A block, which JSON may write as a list of one. */
const blockOf = (value: unknown): JsonRecord =>
  record(Array.isArray(value) ? (value as readonly unknown[])[0] : value);

/** Every resource and data source of a stack. */
export function declarationsIn(stack: string, json: TerraformJson): readonly Declaration[] {
  return (["resource", "data"] as const).flatMap((section) =>
    entriesOf(json[section]).flatMap(([type, byName]) =>
      entriesOf(byName).map(([name, block]) => ({
        stack,
        type: section === "data" ? `data.${type}` : type,
        name,
        block: blockOf(block),
      })),
    ),
  );
}

/** What a section without types declares by name: `locals` is one such. */
export const namedIn = (json: TerraformJson, section: "locals" | "variable"): ReadonlyMap<string, unknown> =>
  new Map(entriesOf(json[section]));

/** The blocks of the providers by their name, e.g. `aws`. */
export const providersIn = (json: TerraformJson, name: string): readonly JsonRecord[] =>
  entriesOf(json.provider).flatMap(([key, blocks]) => (key === name ? [blocks].flat().filter(isRecord) : []));
