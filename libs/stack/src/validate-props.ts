import { LandfallError } from "@landfall/core";
import { Token } from "cdktf";
import { type Construct } from "constructs";

/** One constraint on a construct's props. */
export interface Constraint {
  /** The prop's name. */
  readonly prop: string;
  readonly value: unknown;
  /** Whether the value is good. Tokens are not judged: their values are known only to Terraform. */
  readonly valid: boolean;
  /** What is allowed, e.g. `a whole number from 1 to 1000`. */
  readonly allowed: string;
}

/**
 * Judges a construct's props by a table of constraints.
 *
 * @throws LandfallError with the construct's path and every constraint that is broken
 */
export function validateProps(construct: Construct, constraints: readonly Constraint[]): void {
  const broken = constraints.filter(({ value, valid }) => !valid && !Token.isUnresolved(value));
  if (broken.length === 0) return;
  throw new LandfallError(
    `${construct.node.path}:`,
    broken.map(({ prop, value, allowed }) => ({ path: prop, given: value, allowed })),
  );
}

/** A constraint on a whole number. */
export const wholeNumber = (prop: string, value: number, low: number, high: number): Constraint => ({
  prop,
  value,
  valid: Number.isInteger(value) && value >= low && value <= high,
  allowed: `a whole number from ${low} to ${high}`,
});
