import { type Resource } from "@landfall/terraform-graph";

/** A resource or data source of a zone whose place is known. */
export interface Element extends Resource {
  /** The account's id. */
  readonly account: string;
  readonly region: string;
}

export const isElement = (resource: Resource): resource is Element =>
  resource.account !== undefined && resource.region !== undefined;
