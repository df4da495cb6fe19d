import { isControl, nearestControl } from "@landfall/fsbp/controls";
import { TerraformResource } from "cdktf";
import { type Construct } from "constructs";
import { validateProps } from "./validate-props";

/** A control that a resource need not meet. */
export interface ControlException {
  /** The control's id, e.g. `ELB.18`. */
  readonly control: string;
  /** Why it need not, and what holds in its place. */
  readonly reason: string;
  /** The team or person that answers for it. */
  readonly owner: string;
  /** The last day on which it holds, at most a year ahead: YYYY-MM-DD. */
  readonly expires: string;
}

/** The shortest reason that can tell anything, in characters. */
const SHORTEST_REASON = 20;

const held = new WeakMap<TerraformResource, readonly ControlException[]>();

/**
 * Excepts one resource from one control, for a reason, until a day. It is kept in the resource's comment in the Terraform
 * JSON, so that whoever judges the JSON finds it there. One that has expired, or that nothing needs, fails the FSBP check.
 *
 * @param construct a resource, or a construct whose primary child is one: an exception is never wider than that
 * @throws LandfallError when it is no single resource, or something of the exception is missing or wrong
 */
export function exceptControl(construct: Construct, exception: ControlException): void {
  const { control, reason, owner, expires } = exception;
  const resource = resourceOf(construct);
  const earlier = resource === undefined ? [] : (held.get(resource) ?? []);
  const guess = isControl(control) ? undefined : nearestControl(control);
  validateProps(construct, [
    {
      prop: "construct",
      value: construct.node.path,
      valid: resource !== undefined,
      allowed: "one resource, or a construct whose child 'Resource' is one",
    },
    {
      prop: "control",
      value: control,
      valid: isControl(control),
      allowed: `the id of one control${guess === undefined ? ", e.g. ELB.18" : ` (did you mean ${guess}?)`}`,
    },
    {
      prop: "control",
      value: control,
      valid: earlier.every((each) => each.control !== control),
      allowed: "excepted once for a resource",
    },
    {
      prop: "reason",
      value: reason,
      valid: reason.trim().length >= SHORTEST_REASON,
      allowed: `a reason of at least ${SHORTEST_REASON} characters`,
    },
    { prop: "owner", value: owner, valid: owner.trim() !== "", allowed: "a team or person" },
    {
      prop: "expires",
      value: expires,
      valid: isDay(expires),
      allowed: "a day as YYYY-MM-DD, e.g. 2027-03-31",
    },
  ]);
  if (resource === undefined) return;
  const all = [...earlier, { control, reason, owner, expires }];
  held.set(resource, all);
  // Beside cdktf's own metadata, which it writes anew over whatever is in its place.
  resource.addOverride("//.exceptions", all);
}

function resourceOf(construct: Construct): TerraformResource | undefined {
  const candidate = TerraformResource.isTerraformResource(construct)
    ? construct
    : construct.node.tryFindChild("Resource");
  return TerraformResource.isTerraformResource(candidate) ? candidate : undefined;
}

const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  );
};
