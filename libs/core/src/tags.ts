import { type Zone } from "./zone";

/**
 * The tags on every resource of a stack (the provider's `default_tags`). Keys are namespaced, so that they never
 * meet a team's own; a zone's own tags come first and can't displace them.
 */
export function stackTags(zone: Zone, stack: string): Readonly<Record<string, string>> {
  return {
    ...zone.tags,
    "landfall:zone": zone.name,
    "landfall:stack": stack,
    "landfall:owner": zone.owner,
    "landfall:managed-by": "terraform",
  };
}
