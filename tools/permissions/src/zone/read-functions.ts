import { isRecord } from "@landfall/terraform-graph";
import { type Element } from "../terraform/element";
import { listOf } from "../terraform/json";
import { type Resolver } from "../terraform/resolver";
import { type Problems } from "./problems";
import { type Consumption, type LambdaFunction } from "./zone";

/** What is configured at a path: `undefined` where nothing is. A block that is written once is a list of one. */
const inside = (
  resolver: Resolver,
  element: Element,
  [argument, ...path]: readonly [string, ...(string | number)[]],
): unknown =>
  path.reduce<unknown>(
    (found, key) => {
      if (typeof key === "number") return listOf(found)[key];
      return isRecord(found) ? found[key] : undefined;
    },
    resolver.optional(element, argument),
  );

/** The zone's functions, with what their roles need to run them. */
export const readFunctions = (resolver: Resolver, problems: Problems): readonly LambdaFunction[] =>
  problems.map(resolver.ofType("aws_lambda_function"), (element) => {
    const logGroup = inside(resolver, element, ["logging_config", 0, "log_group"]);
    const failures = inside(resolver, element, ["dead_letter_config", 0, "target_arn"]);
    return {
      name: resolver.text(element, "function_name"),
      arn: resolver.text(element, "arn"),
      role: resolver.text(element, "role"),
      account: element.account,
      region: element.region,
      ...(logGroup === undefined ? {} : { logGroup: String(logGroup) }),
      ...(failures === undefined ? {} : { failures: String(failures) }),
      inVpc: resolver.has(element, "vpc_config"),
    };
  });

/** Which role consumes what: the function's, for each queue or stream that triggers a function. */
export const readConsumptions = (
  resolver: Resolver,
  problems: Problems,
  functions: readonly LambdaFunction[],
): readonly Consumption[] =>
  problems.map(resolver.ofType("aws_lambda_event_source_mapping"), (element): Consumption => {
    const source = resolver.text(element, "event_source_arn");
    const named = resolver.text(element, "function_name");
    const found = functions.find(
      ({ name, arn, account, region }) =>
        arn === named ||
        named.startsWith(`${arn}:`) ||
        (name === named && account === element.account && region === element.region),
    );
    if (!found) throw new Error(`'${named}' must be a function of the zone, to consume ${source}`);
    return { source, role: found.role, region: element.region };
  });

/** Where the customer key of a resource is written, by type. */
const KEY_PATHS: Readonly<Record<string, readonly [string, ...(string | number)[]]>> = {
  aws_dynamodb_table: ["server_side_encryption", 0, "kms_key_arn"],
  aws_dynamodb_table_replica: ["kms_key_arn"],
  aws_sns_topic: ["kms_master_key_id"],
  aws_sqs_queue: ["kms_master_key_id"],
};

const BUCKET_KEY_PATH = [
  "rule",
  0,
  "apply_server_side_encryption_by_default",
  0,
  "kms_master_key_id",
] as const;

/** The customer key of each bucket, table, queue and topic that has one, both by ARN. */
export function readKeys(resolver: Resolver, problems: Problems): ReadonlyMap<string, string> {
  const direct = Object.entries(KEY_PATHS).flatMap(([type, path]) =>
    problems.map(resolver.ofType(type), (element) => ({
      arn: resolver.text(element, "arn"),
      key: inside(resolver, element, path),
    })),
  );
  const buckets = problems.map(
    resolver.ofType("aws_s3_bucket_server_side_encryption_configuration"),
    (element) => ({
      arn: `arn:aws:s3:::${resolver.text(element, "bucket")}`,
      key: inside(resolver, element, BUCKET_KEY_PATH),
    }),
  );
  return new Map(
    [...direct, ...buckets].flatMap(({ arn, key }) =>
      typeof key === "string" && key.startsWith("arn:") ? [[arn, key]] : [],
    ),
  );
}
