import { COLLECTIONS } from "./functions/collections";
import { type Functions } from "./functions/function";
import { NUMBERS } from "./functions/numbers";
import { TEXTS } from "./functions/texts";
import { Missing, Unknown, type Value } from "./value";

const same = (value: Value = null): Value => value;

/** The first that is no error. One that is not known might be an error, or not. */
const firstThatWorks = (...values: readonly Value[]): Value =>
  values.find((value) => !(value instanceof Missing)) ?? new Missing("no value of try() works");

/**
 * The functions of Terraform's language that configurations use. One that is not here, such as `timestamp` and `file`,
 * gives what is not known.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export const FUNCTIONS: Functions = {
  ...COLLECTIONS,
  ...TEXTS,
  ...NUMBERS,
  sensitive: same,
  nonsensitive: same,
  try: firstThatWorks,
  can: (value = null) => (value instanceof Missing ? false : value instanceof Unknown ? value : true),
};
