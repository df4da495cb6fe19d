import { changedAttributes } from "../summary/changed-attributes";
import type { PlanJson, ResourceChange } from "../summary/plan-json";
import type { AttributeChange } from "../summary/plan-summary";
import { type ResourceBlock, type TerraformJson, resourcesOf } from "../terraform-json";

/** A resource that somebody changed outside of Terraform. */
export interface DriftedResource {
  readonly address: string;
  /** `deleted` when it is not there any more. */
  readonly what: "changed" | "deleted";
  /** What differs from the state: before as it was deployed, after as it is. */
  readonly attributes: readonly AttributeChange[];
}

/**
 * What a refresh found changed outside of Terraform, without sensitive values. What the configuration ignores
 * (`ignore_changes`) is nobody's drift, and neither is a data source.
 *
 * @param plan a refresh-only plan, as `terraform show -json` prints it
 * @param json the configuration
 */
export function findDrift(plan: PlanJson, json: TerraformJson): DriftedResource[] {
  const ignored = new Map(resourcesOf(json).map(({ address, block }) => [address, ignoredIn(block)]));
  return (plan.resource_drift ?? [])
    .flatMap((resource) => driftOf(resource, ignored.get(resource.address.replace(/\[.*$/, "")) ?? []))
    .sort((a, b) => a.address.localeCompare(b.address));
}

function driftOf(
  { address, mode = "managed", change }: ResourceChange,
  ignored: readonly string[],
): DriftedResource[] {
  if (mode !== "managed" || ignored.includes("all")) return [];
  if (change.actions.includes("delete")) return [{ address, what: "deleted", attributes: [] }];
  const attributes = changedAttributes(change).filter(
    ({ path }) =>
      !ignored.some((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)),
  );
  return attributes.length === 0 ? [] : [{ address, what: "changed", attributes }];
}

function ignoredIn({ lifecycle }: ResourceBlock): string[] {
  return [lifecycle].flat().flatMap((block) => {
    const { ignore_changes: names } = (block ?? {}) as {
      readonly ignore_changes?: string | readonly string[];
    };
    return names === undefined ? [] : [names].flat().map(String);
  });
}
