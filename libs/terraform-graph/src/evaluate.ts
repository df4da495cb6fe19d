import { Parser, SyntaxProblem } from "./parser";
import { isRecord, type JsonRecord } from "./terraform-json";
import { type Scope } from "./traverse";
import { entriesIn, isList, isObject, Unknown, type Value, type ValueObject } from "./value";

/** Deeper than any configuration goes. What is deeper is not read, so that no input can exhaust the stack. */
const DEEPEST = 100;

/**
 * What a value of Terraform JSON comes to: texts are templates, lists and objects are evaluated inside, and `dynamic`
 * blocks stand among the blocks of their name.
 *
 * @returns an {@link Unknown} with the reason, in its place, for each part that can't be known or read
 */
export function evaluate(raw: unknown, scope: Scope, depth = 0): Value {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === "number" || typeof raw === "boolean") return raw;
  if (typeof raw === "string") return template(raw, scope);
  if (depth > DEEPEST) return new Unknown(`it is nested more than ${DEEPEST} levels deep`);
  if (Array.isArray(raw)) return raw.map((item: unknown) => evaluate(item, scope, depth + 1));
  if (!isRecord(raw)) return new Unknown("it is no JSON");
  const blocks = dynamicBlocks(raw);
  const object: Record<string, Value> = {};
  for (const [key, value] of Object.entries(raw)) {
    if (key !== "dynamic" || blocks.length === 0) object[key] = evaluate(value, scope, depth + 1);
  }
  for (const block of blocks) {
    object[block.name] = withGenerated(object[block.name], generate(block, scope));
  }
  return object satisfies ValueObject;
}

function template(raw: string, scope: Scope): Value {
  if (!raw.includes("${") && !raw.includes("%{")) return raw;
  try {
    return new Parser(raw).template()(scope);
  } catch (error) {
    if (error instanceof SyntaxProblem) return new Unknown(`the expression can't be read: ${error.message}`);
    // The stack of JavaScript is all that an expression can exhaust.
    if (error instanceof RangeError) return new Unknown("the expression is nested too deeply");
    throw error;
  }
}

/** A `dynamic` block: what is made for each element of a collection. */
export interface DynamicBlock {
  /** The name of the blocks that it makes, e.g. `ingress`. */
  readonly name: string;
  readonly forEach: unknown;
  readonly iterator: string;
  readonly content: unknown;
}

/** The `dynamic` blocks of a block. JSON may write each level of it as a list. */
export function dynamicBlocks(block: JsonRecord): readonly DynamicBlock[] {
  if (block.dynamic === undefined) return [];
  return [block.dynamic]
    .flat()
    .filter(isRecord)
    .flatMap((byName) =>
      Object.entries(byName).flatMap(([name, dynamic]) =>
        [dynamic]
          .flat()
          .filter(isRecord)
          .filter((each) => "for_each" in each && "content" in each)
          .map(({ for_each: forEach, iterator = name, content }) => ({
            name,
            forEach,
            // Terraform takes the name as it is; JSON may write it as an expression.
            iterator: String(iterator).replace(/^\$\{|\}$/g, ""),
            content: Array.isArray(content) ? (content as readonly unknown[])[0] : content,
          })),
      ),
    );
}

/** The blocks that a `dynamic` block makes. */
export function generate(block: DynamicBlock, scope: Scope): readonly Value[] | Unknown {
  const collection = evaluate(block.forEach, scope);
  if (!isList(collection) && !isObject(collection)) {
    return new Unknown(`the blocks '${block.name}' are not known before the apply`);
  }
  return entriesIn(collection).map(([key, value]) =>
    evaluate(block.content, {
      ...scope,
      variables: { ...scope.variables, [block.iterator]: { key, value } },
    }),
  );
}

/** The blocks of a name that are written out, and after them the generated ones. */
export function withGenerated(written: Value | undefined, generated: readonly Value[] | Unknown): Value {
  if (generated instanceof Unknown) return generated;
  if (written instanceof Unknown) return written;
  return [...(written === undefined || written === null ? [] : [written].flat()), ...generated];
}
