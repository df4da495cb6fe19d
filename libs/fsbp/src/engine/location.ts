import { type Resource } from "@landfall/terraform-graph";
import { type Location } from "./finding";

/** Where a resource is, without its lines of source. */
export function locationOf({ stack, type, address, account, region, metadata }: Resource): Location {
  const { path } = metadata;
  return {
    stack,
    address,
    type,
    construct: typeof path === "string" ? path : undefined,
    account,
    region,
    lines: [],
  };
}
