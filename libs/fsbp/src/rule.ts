import { type Subject, type Subjects } from "./subject";
import { type Verdict } from "./verdict";

/** Judges each resource of some types, alone or with the resources that belong to it. */
export interface ResourceRule {
  /** The control's id, e.g. `S3.8`. */
  readonly control: string;
  /** The resource types that it judges. */
  readonly types: readonly string[];
  readonly judge: (subject: Subject, all: Subjects) => Verdict;
}

/** An account and region in which there are resources. */
export interface Place {
  /** The account's id; `undefined` where no provider says. */
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Judges whether something exists in each account, or in each region of each account. */
export interface PlaceRule {
  readonly control: string;
  /** What is judged: each account, or each region of each account. */
  readonly each: "account" | "region";
  /** The resource types that make it compliant: findings point to them where there are some. */
  readonly types: readonly string[];
  /** Whether what is in other places decides too, so that a part of a configuration can't tell. @default false */
  readonly spansPlaces?: boolean;
  /** @param here the resources of the rule's types in this place */
  readonly judge: (here: readonly Subject[], place: Place, all: Subjects) => Verdict;
}

export type Rule = ResourceRule | PlaceRule;

export const isPlaceRule = (rule: Rule): rule is PlaceRule => "each" in rule;
