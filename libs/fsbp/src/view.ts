import {
  isList,
  isObject,
  Reference,
  Template,
  Unknown,
  type Value,
  type ValueObject,
} from "@landfall/terraform-graph";

/**
 * A block as a rule looks at it: a resource, or a block nested in one. A block that JSON writes as an object and one that
 * it writes as a list of one are the same here.
 */
export interface View {
  /** Where the block is in its resource, e.g. `rule[0].apply_server_side_encryption_by_default`; empty for the resource. */
  readonly path: string;

  /**
   * The value at a path of names, e.g. `versioning_configuration.status`. A block on the way that stands more than once is
   * taken by its first: use {@link View.blocks} where each counts.
   *
   * @returns `null` where it is left out, or a block on the way is
   */
  value(path: string): Value;

  /** The nested blocks of a name, in their order; an Unknown where it is not known which there are. */
  blocks(name: string): readonly View[] | Unknown;

  /** The path of something in this block, as a finding names it. */
  at(path: string): string;
}

/** A view on a block's attributes, each looked up when it is asked for. */
export function viewOf(attribute: (name: string) => Value, path = ""): View {
  const at = (inner: string): string => [path, inner].filter((part) => part !== "").join(".");
  const value = (inner: string): Value => {
    const [name = "", ...rest] = inner.split(".");
    return rest.reduce<Value>((found, key) => step(found, key), attribute(name));
  };
  return {
    path,
    at,
    value,
    blocks: (name) => {
      const found = value(name);
      if (found instanceof Unknown) return found;
      if (found instanceof Reference || found instanceof Template) {
        return new Unknown("the blocks are not known before the apply");
      }
      if (found === null) return [];
      const items = isList(found) ? found : [found];
      const hidden = items.find((item) => item instanceof Unknown);
      if (hidden instanceof Unknown) return hidden;
      if (items.some((item) => item instanceof Reference || item instanceof Template)) {
        return new Unknown("the blocks are not known before the apply");
      }
      return items
        .filter(isObject)
        .map((item, index) =>
          viewOf((key) => item[key] ?? null, at(items.length > 1 ? `${name}[${index}]` : name)),
        );
    },
  };
}

function step(found: Value, key: string): Value {
  if (found instanceof Unknown) return found;
  if (found instanceof Reference || found instanceof Template) {
    return new Unknown("a value that only AWS knows");
  }
  const block: Value | undefined = isList(found) ? found[0] : found;
  if (block instanceof Unknown) return block;
  return block !== undefined && isObject(block as Value) ? ((block as ValueObject)[key] ?? null) : null;
}
