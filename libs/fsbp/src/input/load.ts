import { basename, dirname, relative, resolve, sep } from "node:path";
import { LandfallError } from "@landfall/core";
import { type Configuration, cycleIn, isRecord, type TerraformJson } from "@landfall/terraform-graph";
import { filesIn, parse } from "./files";
import { mergeFiles } from "./merge";
import { configurationOf, isPlan } from "./plan";

const SECTIONS = ["resource", "data", "provider", "terraform", "module", "locals", "variable", "output"];

/** What is looked into, and what was found beside it. */
export interface Input extends Configuration {
  /** What can't be judged and is said so, e.g. a module's content. */
  readonly warnings: readonly string[];
  /** The files of each stack, by its name. */
  readonly files: Readonly<Record<string, readonly string[]>>;
}

/**
 * Reads Terraform JSON: a file (`*.tf.json`, or a plan of `terraform show -json`), or a folder with any of them in it or
 * below. The files of one folder are one stack, as Terraform takes them.
 *
 * @throws LandfallError in one line when there is nothing to read, or something can't be read
 */
export function load(path: string): Input {
  const { files, hclFolders } = filesIn(path);
  const folders = new Map<string, { readonly file: string; readonly json: TerraformJson }[]>();
  const stacks: Record<string, TerraformJson> = {};
  const filesOf: Record<string, readonly string[]> = {};
  for (const file of files) {
    const json = parse(file);
    if (isPlan(json)) {
      stacks[fileName(file)] = planOf(file, json);
      filesOf[fileName(file)] = [file];
    } else if (isRecord(json) && (file.endsWith(".tf.json") || SECTIONS.some((section) => section in json))) {
      const folder = dirname(file);
      folders.set(folder, [...(folders.get(folder) ?? []), { file, json }]);
    } else throw new LandfallError(`${file} is ${kindOf(json)}`);
  }
  const names = stackNames(path, [...folders.keys()]);
  for (const [folder, parts] of folders) {
    const name = files.length === 1 && files[0] === path ? fileName(path) : (names.get(folder) ?? folder);
    const json = mergeFiles(parts);
    const cycle = cycleIn(json);
    if (cycle) throw new LandfallError(`${folder} refers in a circle: ${shortened(cycle)}`);
    stacks[name] = json;
    filesOf[name] = parts.map(({ file }) => file);
  }
  return {
    stacks,
    files: filesOf,
    warnings: [...moduleWarnings(stacks), ...hclWarnings(hclFolders, folders)],
  };
}

function planOf(file: string, json: Parameters<typeof configurationOf>[0]): TerraformJson {
  try {
    return configurationOf(json);
  } catch (error) {
    throw error instanceof LandfallError ? new LandfallError(`${file}: ${error.message}`) : error;
  }
}

const PLAN_HINT = "a plan is made with: terraform show -json <plan> > plan.json";

function kindOf(json: unknown): string {
  if (isRecord(json) && ("lineage" in json || "values" in json)) {
    return `a state, which tells nothing of what will be; judge a plan: ${PLAN_HINT}`;
  }
  return `neither Terraform JSON nor a plan; ${PLAN_HINT}`;
}

const moduleWarnings = (stacks: Readonly<Record<string, TerraformJson>>): string[] =>
  Object.entries(stacks).flatMap(([name, { module }]) => {
    const names = [module].flat().filter(isRecord).flatMap(Object.keys);
    return names.length === 0
      ? []
      : [`${name}: modules are not looked into (${names.join(", ")}); judge a plan instead`];
  });

const hclWarnings = (hclFolders: readonly string[], folders: ReadonlyMap<string, unknown>): string[] =>
  hclFolders
    .filter((folder) => folders.has(folder))
    .map((folder) => `${folder}: its *.tf files are not looked into; judge a plan instead`);

const fileName = (path: string): string => basename(path).replace(/(\.tf)?\.json$/, "");

/** A stack is named after its folder; folders of one name are told apart by their paths. */
function stackNames(path: string, folders: readonly string[]): ReadonlyMap<string, string> {
  const short = (folder: string) => basename(resolve(folder));
  const count = new Map<string, number>();
  for (const folder of folders) count.set(short(folder), (count.get(short(folder)) ?? 0) + 1);
  return new Map(
    folders.map((folder) => {
      const isOnly = count.get(short(folder)) === 1;
      const full = relative(resolve(path), resolve(folder)).split(sep).join("/");
      return [folder, isOnly ? short(folder) : full || short(folder)];
    }),
  );
}

/** The longest circle that is written out. */
const MOST_STEPS = 8;

const shortened = (cycle: readonly string[]): string =>
  cycle.length <= MOST_STEPS
    ? cycle.join(" → ")
    : [...cycle.slice(0, MOST_STEPS - 1), `… ${cycle.length - MOST_STEPS} more …`, cycle.at(-1)].join(" → ");
