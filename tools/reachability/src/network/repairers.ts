import { Reference, type Resource } from "@landfall/terraform-graph";
import { type Resources } from "../terraform/resources";

/**
 * Whether a function's role carries the repair boundary. Such a function mends what networks and identities depend on, so that it
 * has to work where they don't: it may be in no VPC, and the boundary, which lets it reach no data but its own, stands for the walls.
 */
export function isRepairer(zone: string, resources: Resources, lambda: Resource): boolean {
  const role = resources.attribute(lambda, "role");
  const boundary =
    role instanceof Reference ? resources.attribute(role.resource, "permissions_boundary") : undefined;
  return (
    boundary instanceof Reference &&
    resources.attribute(boundary.resource, "name") === `${zone}-repair-boundary`
  );
}
