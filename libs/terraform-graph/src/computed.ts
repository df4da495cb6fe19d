import { type Graph } from "./graph";
import { policyDocumentOf } from "./policy-document";
import { type Resource } from "./resource";
import { Reference, Unknown, type Value } from "./value";

/** Gives what is not configured: what AWS or the provider fills in. */
export type Computed = (graph: Graph, resource: Resource, name: string) => Value;

const known = (value: string | undefined, what: string, { label }: Resource): Value =>
  value ?? new Unknown(`the ${what} of ${label} is not known`);

/**
 * What data sources give that the configuration already tells; for anything else a reference, which stands for what
 * only AWS knows.
 */
export const referTo: Computed = (graph, resource, name) => {
  switch (resource.type) {
    case "data.aws_region":
      return ["name", "region", "id"].includes(name)
        ? known(resource.region, "region", resource)
        : new Reference(resource, name);
    case "data.aws_caller_identity":
      return name === "account_id" || name === "id"
        ? known(resource.account, "account", resource)
        : new Reference(resource, name);
    case "data.aws_partition":
      return { partition: "aws", dns_suffix: "amazonaws.com" }[name] ?? new Reference(resource, name);
    case "data.aws_iam_policy_document":
      return name === "json" || name === "minified_json"
        ? policyDocumentOf(graph, resource)
        : new Reference(resource, name);
    default:
      return new Reference(resource, name);
  }
};
