import { readFileSync } from "node:fs";
import { relative } from "node:path";

/** A text, a bracket or comma, or a run of anything else that stands for a value. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/**
 * Finds where Terraform JSON declares a resource: the line of its name. A file is read when the first of its resources is
 * asked for.
 *
 * @param files the files of each stack, by its name
 * @returns e.g. `cdktf.out/stacks/app/cdk.tf.json:20`; the file alone for what it has not under its type and name, as a plan
 */
export function declarationFinder(
  files: Readonly<Record<string, readonly string[]>>,
): (stack: string, address: string) => string | undefined {
  const lines = new Map<string, ReadonlyMap<string, string>>();
  return (stack, address) => {
    const own = files[stack] ?? [];
    const known = lines.get(stack) ?? new Map(own.flatMap(declarationsOf));
    lines.set(stack, known);
    const [first] = own;
    return known.get(address.replace(/\[[^\]]*\]$/, "")) ?? (first === undefined ? undefined : short(first));
  };
}

const short = (file: string): string => {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") ? file : path;
};

/** Every resource of a file, by its address: whatever is three names below the root, lists left out. */
function declarationsOf(file: string): readonly (readonly [string, string])[] {
  const text = readFileSync(file, "utf8");
  const found: (readonly [string, string])[] = [];
  /** The key that each open bracket stands behind; nothing for one in a list. */
  const open: (string | undefined)[] = [];
  let key: string | undefined;
  let last: string | undefined;
  let line = 1;
  let counted = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === ":") key = last;
    else if (token === "{" || token === "[") {
      open.push(key);
      key = undefined;
      const [section, type, name, ...deeper] = open.filter((each) => each !== undefined);
      if (
        token === "{" &&
        name !== undefined &&
        deeper.length === 0 &&
        (section === "resource" || section === "data")
      ) {
        for (; counted < index; counted += 1) if (text[counted] === "\n") line += 1;
        found.push([`${section === "data" ? "data." : ""}${type}.${name}`, `${short(file)}:${line}`]);
      }
    } else if (token === "}" || token === "]") {
      open.pop();
      key = undefined;
    } else if (token === ",") key = undefined;
    else if (token.startsWith('"')) last = JSON.parse(token) as string;
  }
  return found;
}
