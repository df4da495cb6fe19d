import { Unknown, type Value } from "./value";

/** A number, or a text that Terraform takes for one. */
const numberOf = (value: Value): number | undefined => {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
    ? Number(value)
    : undefined;
};

const noNumber = (...values: readonly Value[]): Unknown =>
  values.find((value) => value instanceof Unknown) ?? new Unknown("a number is needed");

/** Decides by a boolean, or by the text of one. */
export function logical(value: Value, decide: (value: boolean) => Value): Value {
  if (value === true || value === "true") return decide(true);
  if (value === false || value === "false") return decide(false);
  return value instanceof Unknown ? value : new Unknown("no boolean");
}

export function negate(value: Value): Value {
  const number = numberOf(value);
  return number === undefined ? noNumber(value) : -number;
}

export function arithmetic(operator: "+" | "-" | "*" | "/" | "%", a: Value, b: Value): Value {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === undefined || right === undefined) return noNumber(a, b);
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? new Unknown("a division by zero") : left / right;
    case "%":
      return right === 0 ? new Unknown("a division by zero") : left % right;
  }
}

export function compare(operator: "<" | "<=" | ">" | ">=", a: Value, b: Value): Value {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === undefined || right === undefined) return noNumber(a, b);
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}
