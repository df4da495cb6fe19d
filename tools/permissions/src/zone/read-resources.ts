import { COMPUTED } from "../terraform/computed";
import { type Element } from "../terraform/element";
import { type Resolver } from "../terraform/resolver";
import { defaultKeyPolicy, parsePolicy, type Policy } from "./policy";
import { type Problems } from "./problems";
import { type Resource } from "./zone";

/** Resources whose policy stands in themselves: the attribute. */
const OWN_POLICY: Readonly<Record<string, string>> = {
  aws_kms_key: "policy",
  aws_kms_replica_key: "policy",
  aws_s3_bucket: "policy",
  aws_secretsmanager_secret: "policy",
  aws_sns_topic: "policy",
  aws_sqs_queue: "policy",
};

/** Resources that are the policy of another: the attribute that names it, by one of its own. */
const POLICY_OF: Readonly<
  Record<string, { readonly target: string; readonly type: string; readonly by: string }>
> = {
  aws_dynamodb_resource_policy: { target: "resource_arn", type: "aws_dynamodb_table", by: "arn" },
  aws_kms_key_policy: { target: "key_id", type: "aws_kms_key", by: "key_id" },
  aws_s3_bucket_policy: { target: "bucket", type: "aws_s3_bucket", by: "bucket" },
  aws_secretsmanager_secret_policy: { target: "secret_arn", type: "aws_secretsmanager_secret", by: "arn" },
  aws_sns_topic_policy: { target: "arn", type: "aws_sns_topic", by: "arn" },
  aws_sqs_queue_policy: { target: "queue_url", type: "aws_sqs_queue", by: "url" },
};

/** Resources that grant or take permissions in a way that is not simulated: in no zone, or in this tool first. */
export const NOT_SIMULATED: readonly string[] = [
  "aws_iam_group",
  "aws_iam_policy_attachment",
  "aws_iam_user",
  "aws_kms_external_key",
  "aws_kms_grant",
  "aws_kms_replica_external_key",
  "aws_s3_access_point",
  "aws_ssoadmin_permission_set",
];

/** Every resource with a known ARN, by ARN, with its own policy. */
export function readResources(resolver: Resolver, problems: Problems): ReadonlyMap<string, Resource> {
  for (const type of NOT_SIMULATED) {
    for (const element of resolver.ofType(type)) problems.add(`${element.label}: ${type} is not simulated`);
  }
  const policies = separatePolicies(resolver, problems);
  const typed = Object.keys(COMPUTED).filter((type) => COMPUTED[type]?.arn);
  const resources = problems.map(
    typed.flatMap((type) => resolver.ofType(type)),
    (element): Resource => {
      const arn = resolver.text(element, "arn");
      const name = arn.slice(arn.lastIndexOf(":") + 1);
      const policy = policies.get(element.label) ?? ownPolicy(resolver, element, name);
      return {
        path: element.label,
        type: element.type,
        stack: resolver.stack(element),
        account: element.account,
        region: element.region,
        tags: resolver.tags(element),
        arn,
        name,
        ...(policy ? { policy } : {}),
      };
    },
  );
  return new Map(resources.map((resource) => [resource.arn, resource]));
}

/** The policy that stands in a resource itself; a key without one has AWS's default. */
function ownPolicy(resolver: Resolver, element: Element, name: string): Policy | undefined {
  const attribute = OWN_POLICY[element.type];
  const text = attribute === undefined ? undefined : resolver.optional(element, attribute);
  if (text !== undefined) return parsePolicy(name, String(text), `'${attribute}' of ${element.label}`);
  return element.type.startsWith("aws_kms_") && attribute !== undefined
    ? defaultKeyPolicy(name, element.account)
    : undefined;
}

/** The policies that are resources of their own, by the path of the element that they are for. */
function separatePolicies(resolver: Resolver, problems: Problems): ReadonlyMap<string, Policy> {
  return new Map(
    Object.entries(POLICY_OF).flatMap(([type, { target, type: owner, by }]) =>
      problems.map(resolver.ofType(type), (element): [string, Policy] => {
        const named = resolver.text(element, target);
        const found = resolver
          .ofType(owner)
          .find(
            (each) =>
              each.account === element.account &&
              [by, "arn"].some((name) => resolver.text(each, name) === named),
          );
        if (!found) throw new Error(`${element.label} must be for a ${owner} of the zone, got: ${named}`);
        const text = resolver.text(element, "policy");
        return [found.label, parsePolicy(named, text, `'policy' of ${element.label}`)];
      }),
    ),
  );
}

/** The ARNs of the buckets that hold logs: those of the stack `logging`, and what else is locked but for the states. */
export function readArchives(resolver: Resolver, problems: Problems): ReadonlySet<string> {
  const locked = new Set(
    problems.map(resolver.ofType("aws_s3_bucket_object_lock_configuration"), (element) =>
      resolver.text(element, "bucket"),
    ),
  );
  const isArchive = (element: Element) =>
    resolver.stack(element) === "logging" ||
    (resolver.stack(element) !== "bootstrap" && locked.has(resolver.text(element, "bucket")));
  return new Set(
    problems
      .map(resolver.ofType("aws_s3_bucket"), (element) =>
        isArchive(element) ? [resolver.text(element, "arn")] : [],
      )
      .flat(),
  );
}

/** The ARNs of the log groups that trails write to. */
export const readTrailLogs = (resolver: Resolver, problems: Problems): ReadonlySet<string> =>
  new Set(
    problems
      .map(resolver.ofType("aws_cloudtrail"), (element) => {
        const group = resolver.optional(element, "cloud_watch_logs_group_arn");
        return group === undefined ? [] : [String(group).replace(/:\*$/, "")];
      })
      .flat(),
  );
