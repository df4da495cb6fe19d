import { Parser } from "./parser";
import { declarationsIn, namedIn } from "./sections";
import { isRecord, type TerraformJson } from "./terraform-json";

/** Blocks whose references Terraform does not count, or that are no expressions. */
const UNCOUNTED: ReadonlySet<string> = new Set(["//", "provider", "lifecycle", "provisioner", "connection"]);

/**
 * References of a stack that lead back to where they began, which Terraform refuses: through resources, data sources and
 * locals.
 *
 * @returns the addresses on the way, the first again at the end; `undefined` where there is no such way
 */
export function cycleIn(json: TerraformJson): readonly string[] | undefined {
  const edges = edgesOf(json);
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const found = walk(start, edges, done);
    if (found) return found;
  }
  return undefined;
}

/** Walks without recursion: a chain of references may be as long as the configuration. */
function walk(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): readonly string[] | undefined {
  const path: { readonly node: string; readonly next: Iterator<string> }[] = [];
  const onPath = new Set<string>();
  const enter = (node: string) => {
    path.push({ node, next: (edges.get(node) ?? [])[Symbol.iterator]() });
    onPath.add(node);
  };
  if (!done.has(start)) enter(start);
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    const { done: isEnd, value } = last.next.next();
    if (isEnd) {
      done.add(last.node);
      onPath.delete(last.node);
      path.pop();
    } else if (onPath.has(value)) {
      const nodes = path.map(({ node }) => node);
      return [...nodes.slice(nodes.indexOf(value)), value];
    } else if (!done.has(value)) enter(value);
  }
  return undefined;
}

function edgesOf(json: TerraformJson): ReadonlyMap<string, readonly string[]> {
  const blocks = new Map<string, unknown>([
    ...declarationsIn("", json).map(({ type, name, block }) => [`${type}.${name}`, block] as const),
    ...[...namedIn(json, "locals")].map(([name, value]) => [`local.${name}`, value] as const),
  ]);
  return new Map(
    [...blocks].map(([address, block]) => {
      const targets = new Set<string>();
      for (const [root = "", first = "", second = ""] of namesIn(block)) {
        const target = root === "data" ? `data.${first}.${second}` : `${root}.${first}`;
        if (blocks.has(target)) targets.add(target);
      }
      return [address, [...targets]] as const;
    }),
  );
}

/** What the expressions of a block refer to. */
function namesIn(block: unknown): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const open: unknown[] = [block];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === "string") found.push(...read(value, false));
    else if (Array.isArray(value))
      open.push(...(value as readonly unknown[]).filter((item) => item !== null));
    else if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (key === "depends_on") found.push(...[inner].flat().flatMap((text) => read(String(text), true)));
        else if (!UNCOUNTED.has(key) && inner !== null && inner !== undefined) open.push(inner);
      }
    }
  }
  return found;
}

/** @param bare whether the text is an address, as in `depends_on` */
function read(text: string, bare: boolean): readonly (readonly string[])[] {
  if (!text.includes("${") && !bare) return [];
  const parser = new Parser(text.includes("${") ? text : `\${${text}}`);
  try {
    parser.template();
  } catch {
    // What can't be read is told where it is evaluated.
  }
  return parser.references;
}
