import { isList, isObject, Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { all, COMPLIANT, nonCompliant, unknown, type Verdict } from "./verdict";
import { type View } from "./view";

/** A value as a finding shows it. */
export function render(value: Value): string {
  if (value === null) return "nothing";
  if (value instanceof Reference) return `\${${value.resource.address}.${value.attribute}}`;
  if (value instanceof Template)
    return value.parts.map((part) => (typeof part === "string" ? part : render(part))).join("");
  if (value instanceof Unknown) return "a value that is not known yet";
  return isList(value) || isObject(value) ? JSON.stringify(value) : JSON.stringify(value);
}

export interface Expectation {
  /** Whether a plain value is as the control wants it. */
  readonly accepts: (value: Value) => boolean;
  /** What the control asks for, in words. */
  readonly wanted: string;
  /** What the argument comes to where it is left out. @default nothing, which is judged as such */
  readonly absent?: Value;
}

/**
 * Judges one attribute. A reference to what AWS fills in is accepted or not by `accepts`, like any value; a value that
 * can't be known is unknown.
 */
export function expectValue(
  view: View,
  path: string,
  { accepts, wanted, absent = null }: Expectation,
): Verdict {
  const given = view.value(path);
  const value = given ?? absent;
  if (value instanceof Unknown) return unknown(view.at(path), value.reason);
  return accepts(value) ? COMPLIANT : nonCompliant(view.at(path), render(given), wanted);
}

/** Terraform takes "true" for true. */
export const isTrue = (value: Value): boolean => value === true || value === "true";
export const isFalse = (value: Value): boolean => value === false || value === "false";
export const isSet = (value: Value): boolean =>
  value !== null && value !== "" && !(isList(value) && value.length === 0);

/** The attribute must be true. */
export const mustBeTrue = (view: View, path: string, absent: Value = false): Verdict =>
  orUnknowable(view, path, { accepts: isTrue, wanted: "true", absent });

/** The attribute must be false. */
export const mustBeFalse = (view: View, path: string, absent: Value = false): Verdict =>
  orUnknowable(view, path, { accepts: isFalse, wanted: "false", absent });

/** The attribute must be given; what it refers to does not matter. */
export const mustBeSet = (view: View, path: string, wanted: string): Verdict =>
  expectValue(view, path, { accepts: isSet, wanted });

/** The attribute must be one of the texts or numbers. */
export const mustBeOneOf = (
  view: View,
  path: string,
  allowed: readonly (string | number)[],
  absent: Value = null,
): Verdict =>
  orUnknowable(view, path, {
    accepts: (value) => allowed.some((each) => each === value || String(each) === value),
    wanted: allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(", ")}`,
    absent,
  });

/** The attribute must be a number of at least this. */
export const mustBeAtLeast = (view: View, path: string, least: number, absent: Value = null): Verdict =>
  orUnknowable(view, path, {
    accepts: (value) => value !== null && value !== "" && Number(value) >= least,
    wanted: `at least ${least}`,
    absent,
  });

/** What only AWS knows can't be compared: it is unknown, where a plain value is wanted. */
function orUnknowable(view: View, path: string, expectation: Expectation): Verdict {
  const value = view.value(path);
  return value instanceof Reference || value instanceof Template
    ? unknown(view.at(path), `${render(value)} is not known before the apply`)
    : expectValue(view, path, expectation);
}

/**
 * Judges each nested block of a name.
 *
 * @param none the verdict where there is none of them
 */
export function eachBlock(view: View, name: string, judge: (block: View) => Verdict, none: Verdict): Verdict {
  const blocks = view.blocks(name);
  if (blocks instanceof Unknown) return unknown(view.at(name), blocks.reason);
  return blocks.length === 0 ? none : all(...blocks.map(judge));
}
