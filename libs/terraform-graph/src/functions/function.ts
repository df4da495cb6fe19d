import { isList, isObject, Unknown, type Value, type ValueObject } from "../value";

export type TerraformFunction = (...values: readonly Value[]) => Value;
export type Functions = Readonly<Record<string, TerraformFunction>>;

/** What an argument must be for a function that can only work on what is known. */
export const need = (values: readonly Value[], what: string): Unknown =>
  values.find((value) => value instanceof Unknown) ?? new Unknown(`${what} is needed, and only AWS knows it`);

export const ofList = (value: Value | undefined, make: (values: readonly Value[]) => Value): Value =>
  value !== undefined && isList(value) ? make(value) : need([value ?? null], "a list");

export const ofObject = (value: Value | undefined, make: (object: ValueObject) => Value): Value =>
  value !== undefined && isObject(value) ? make(value) : need([value ?? null], "an object");

/** A function of texts that are all known. Numbers and booleans are texts where one is needed. */
export const ofTexts =
  (make: (...texts: readonly string[]) => Value): TerraformFunction =>
  (...values) => {
    const texts = values.flatMap((value) =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? [String(value)]
        : [],
    );
    return texts.length === values.length ? make(...texts) : need(values, "a text");
  };

/** A function of numbers that are all known. */
export const ofNumbers =
  (make: (...numbers: readonly number[]) => Value): TerraformFunction =>
  (...values) => {
    const numbers = values.map((value) =>
      typeof value === "number" || (typeof value === "string" && value !== "") ? Number(value) : Number.NaN,
    );
    return numbers.some(Number.isNaN) ? need(values, "a number") : make(...numbers);
  };
