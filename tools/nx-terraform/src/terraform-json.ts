/** A Terraform configuration in JSON, as far as the runner looks into it. */
export interface TerraformJson {
  readonly terraform?: { readonly backend?: Readonly<Record<string, unknown>> } & Readonly<
    Record<string, unknown>
  >;
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly resource?: ResourceBlocks;
  readonly [block: string]: unknown;
}

/** By type, then by name. */
export type ResourceBlocks = Readonly<Record<string, Readonly<Record<string, ResourceBlock>>>>;

export type ResourceBlock = Readonly<Record<string, unknown>>;

/** Every managed resource with its address, e.g. `aws_vpc.this`. */
export const resourcesOf = (json: TerraformJson): { address: string; block: ResourceBlock }[] =>
  Object.entries(json.resource ?? {}).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(([name, block]) => ({ address: `${type}.${name}`, block })),
  );

/**
 * How many managed resource instances a configuration declares: one for each resource, or as many as its `count` or
 * `for_each` says where that is written out.
 */
export const countResources = (json: TerraformJson): number =>
  resourcesOf(json).reduce((sum, { block }) => sum + instancesOf(block), 0);

function instancesOf({ count, for_each: each }: ResourceBlock): number {
  if (typeof count === "number") return count;
  return typeof each === "object" && each !== null ? Object.keys(each).length : 1;
}
