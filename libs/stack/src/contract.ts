import { type Placement, type StackScope } from "./placement";

/** One value that a contract promises. */
export interface ContractValue<Kind extends "text" | "list" = "text" | "list"> {
  readonly kind: Kind;
  /** What the value is, for those who consume it; becomes the parameter's description. */
  readonly description: string;
}

export type ContractValues = Readonly<Record<string, ContractValue>>;

/**
 * What a stack promises to others: typed values, declared once by their owner, published as SSM parameters and
 * consumed by name. It is the only door between stacks: importing it is the edge in `nx graph`, what `nx affected`
 * follows and the order of `deploy`.
 */
export interface Contract<Values extends ContractValues = ContractValues> {
  /** The owning stack's name. */
  readonly stack: string;
  readonly scope: StackScope;
  /** In which accounts the owner is. */
  readonly accounts: Placement;
  readonly values: Values;
}

/** The values of a contract as TypeScript sees them: a text is a string, a list an array of strings. */
export type ValuesOf<C extends Contract> = {
  readonly [Name in keyof C["values"]]: C["values"][Name] extends ContractValue<"list"> ? string[] : string;
};

/** A text value, e.g. an ARN or an id. */
export const text = (description: string): ContractValue<"text"> => ({ kind: "text", description });

/** A list of texts, none of which holds a comma, e.g. subnet ids. */
export const list = (description: string): ContractValue<"list"> => ({ kind: "list", description });

/** Declares a contract. Renaming a value is a compile error in every stack that consumes it. */
export const defineContract = <const Values extends ContractValues>(
  contract: Contract<Values>,
): Contract<Values> => contract;

/**
 * The SSM parameter that carries a value: the same name in each account and region, since a stack reads it in its own
 * where the owner is there too.
 *
 * @example "/landfall/sandbox/network/vpcId"
 */
export const parameterName = (zone: string, stack: string, value: string): string =>
  `/landfall/${zone}/${stack}/${value}`;
