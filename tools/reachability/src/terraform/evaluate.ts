import { Parser, SyntaxProblem } from "./parser";
import { type Scope } from "./traverse";
import { Unknown, type Value, type ValueObject } from "./value";

/**
 * What a value of Terraform JSON comes to: texts are templates, lists and objects are evaluated inside.
 *
 * @returns an {@link Unknown} with the reason, in its place, for each part that can't be known or read
 */
export function evaluate(raw: unknown, scope: Scope): Value {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === "number" || typeof raw === "boolean") return raw;
  if (typeof raw === "string") {
    if (!raw.includes("${") && !raw.includes("%{")) return raw;
    try {
      return new Parser(raw).template()(scope);
    } catch (error) {
      if (error instanceof SyntaxProblem)
        return new Unknown(`the expression can't be read: ${error.message}`);
      throw error;
    }
  }
  if (Array.isArray(raw)) return raw.map((item: unknown) => evaluate(item, scope));
  const object: ValueObject = Object.fromEntries(
    Object.entries(raw).map(([key, value]: [string, unknown]) => [key, evaluate(value, scope)]),
  );
  return object;
}
