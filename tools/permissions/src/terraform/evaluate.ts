import { type Expression } from "./expression";
import { isObject, listOf } from "./json";

/** Gives what a reference stands for. @throws Error naming the reference where that is not known */
export type Lookup = (path: readonly (string | number)[]) => unknown;

const text = (value: unknown, of: string): string => {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return String(value);
  throw new Error(`${of} must be a text, got: ${JSON.stringify(value)}`);
};

const list = (value: unknown, of: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new Error(`${of} must be a list, got: ${JSON.stringify(value)}`);
};

/** The functions of Terraform that synthesized policies use. */
const FUNCTIONS: Readonly<Record<string, (...values: readonly unknown[]) => unknown>> = {
  concat: (...lists) => lists.flatMap((each) => list(each, "an argument of concat")),
  element: (values, index) => {
    const all = list(values, "the first argument of element");
    return all[Number(index) % all.length];
  },
  join: (separator, values) =>
    list(values, "the second argument of join")
      .map((each) => text(each, "an item of join"))
      .join(text(separator, "the first argument of join")),
  jsonencode: (value) => JSON.stringify(value),
  nonsensitive: (value) => value,
  split: (separator, value) =>
    text(value, "the second argument of split").split(text(separator, "the first argument of split")),
  tolist: (values) => list(values, "the argument of tolist"),
  toset: (values) => [...new Set(list(values, "the argument of toset"))].sort(),
};

/**
 * The value of an expression.
 *
 * @throws Error where a reference or a function is not known, or a value has the wrong type
 */
export function evaluate(expression: Expression, lookup: Lookup): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return expression.parts.map((part) => text(evaluate(part, lookup), "a part of a text")).join("");
    case "list":
      return expression.items.map((item) => evaluate(item, lookup));
    case "call": {
      const called = FUNCTIONS[expression.name];
      if (!called) {
        throw new Error(
          `the function must be one of ${Object.keys(FUNCTIONS).join(", ")}, got: ${expression.name}`,
        );
      }
      return called(...expression.arguments.map((each) => evaluate(each, lookup)));
    }
    case "reference":
      return lookup(expression.path);
    case "access":
      return follow(evaluate(expression.of, lookup), expression.path);
  }
}

/**
 * What lies at a path inside a value. A block that is written once is an object in the JSON and a list of one to
 * Terraform: index 0 of it is the object itself.
 *
 * @returns `undefined` where there is nothing
 */
export function follow(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, key) => {
    if (typeof key === "number") return listOf(found)[key];
    return isObject(found) ? found[key] : undefined;
  }, value);
}
