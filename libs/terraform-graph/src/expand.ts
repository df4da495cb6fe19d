import { type JsonRecord } from "./terraform-json";
import { isList, isObject, isPlain, Unknown, type Value } from "./value";

/** One of the resources that a block stands for. */
export interface Copy {
  /** What follows the name in its address: nothing, `[0]` or `["a"]`. */
  readonly suffix: string;
  /** What `each` and `count` stand for in it. */
  readonly variables: Readonly<Record<string, Value>>;
  /** Whether it is not known how many there are. */
  readonly uncertain: boolean;
}

/** More copies than a configuration has: what is multiplied further is taken for one of unknown number. */
const MOST_COPIES = 10_000;

const ONE: readonly Copy[] = [{ suffix: "", variables: {}, uncertain: false }];

/**
 * The resources that a block with `count` or `for_each` stands for: one, whose `each` or `count` is unknown, where
 * their number is not known before the apply.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
 */
export function copiesOf(block: JsonRecord, evaluate: (raw: unknown) => Value): readonly Copy[] {
  if (block.count !== undefined && block.count !== null) return counted(evaluate(block.count));
  return block.for_each === undefined || block.for_each === null ? ONE : forEach(evaluate(block.for_each));
}

function counted(count: Value): readonly Copy[] {
  const number = typeof count === "string" ? Number(count) : count;
  if (typeof number === "number" && Number.isInteger(number) && number <= MOST_COPIES) {
    return Array.from({ length: Math.max(0, number) }, (_, index) => ({
      suffix: `[${index}]`,
      variables: { count: { index } },
      uncertain: false,
    }));
  }
  const why = new Unknown("'count' is not known before the apply");
  return [{ suffix: "[?]", variables: { count: { index: why } }, uncertain: true }];
}

function forEach(collection: Value): readonly Copy[] {
  const entries = entriesOf(collection);
  if (entries === undefined || entries.length > MOST_COPIES) {
    const why = new Unknown("'for_each' is not known before the apply");
    return [{ suffix: "[?]", variables: { each: { key: why, value: why } }, uncertain: true }];
  }
  return entries.map(([key, value]) => ({
    suffix: `[${JSON.stringify(key)}]`,
    variables: { each: { key, value } },
    uncertain: false,
  }));
}

/** A map as it is, a set of texts by its elements; `undefined` where a key is not known. */
function entriesOf(collection: Value): readonly (readonly [string, Value])[] | undefined {
  if (isObject(collection)) return Object.entries(collection);
  if (!isList(collection) || !collection.every(isPlain)) return undefined;
  return collection.map((element) => [String(element), String(element)] as const);
}
