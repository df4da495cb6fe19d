import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { callJson, callQuery, type Emulator } from "@landfall/local";
import { type Arguments, type Attributes, resolveReferences, type SynthesizedStack } from "./synthesized";

/** What is made of a resource's arguments, references replaced. */
type Make = (resource: Resolved) => Promise<unknown>;

/** Read access to arguments, whose types the synthesizer has checked. */
interface Resolved {
  text(name: string): string;
  optional(name: string): string | undefined;
  count(name: string): number | undefined;
  texts(name: string): string[];
  /** The only block of a name, or an empty one. */
  block(name: string): Resolved;
  readonly all: Arguments;
}

const resolved = (all: Arguments): Resolved => ({
  all,
  text: (name) => String(all[name]),
  optional: (name) => (all[name] === undefined || all[name] === "" ? undefined : String(all[name])),
  count: (name) => (typeof all[name] === "number" ? all[name] : undefined),
  texts: (name) => (Array.isArray(all[name]) ? all[name].map(String) : []),
  block: (name) => resolved(([all[name]].flat()[0] ?? {}) as Arguments),
});

export const clientConfig = ({ endpoint, region }: Emulator) => ({
  endpoint,
  region,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

/** ARNs and URLs as the emulator gives them: each follows from a name. */
export const attributesOf =
  ({ endpoint, region, account }: Emulator): Attributes =>
  (type, resource): Record<string, string> => {
    const { text } = resolved(resource);
    const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
    switch (type) {
      case "aws_sqs_queue":
        return { arn: arn("sqs", text("name")), url: `${endpoint}/${account}/${text("name")}` };
      case "aws_s3_bucket":
        return { id: text("bucket"), arn: `arn:aws:s3:::${text("bucket")}` };
      case "aws_dynamodb_table":
        return { arn: arn("dynamodb", `table/${text("name")}`) };
      case "aws_iam_role":
        return { arn: `arn:aws:iam::${account}:role/${text("name")}` };
      case "aws_lambda_function":
        return { arn: arn("lambda", `function:${text("function_name")}`) };
      default:
        return {};
    }
  };

/** Arguments that refer to what is not made here. */
const LEFT_OUT: ReadonlySet<string> = new Set(["vpc_config", "depends_on"]);

/**
 * Makes a stack's queues, tables, buckets, functions and rules straight through the API: with the synthesized zip, names,
 * limits and times, in a second instead of Terraform's minutes. Keys, permissions, networks and alarms are left out, as
 * the emulator acts on none of them.
 */
export async function deployStack(emulator: Emulator, stack: SynthesizedStack): Promise<void> {
  const makers = makersFor(emulator, stack.folder);
  for (const [type, make] of Object.entries(makers)) {
    // A queue's dead-letter queue comes before it.
    const ordered = Object.values(stack.resources[type] ?? {}).sort(
      (a, b) => Number("redrive_policy" in a) - Number("redrive_policy" in b),
    );
    for (const resource of ordered) {
      const kept = Object.fromEntries(Object.entries(resource).filter(([name]) => !LEFT_OUT.has(name)));
      await make(resolved(resolveReferences(kept, stack, attributesOf(emulator)) as Arguments));
    }
  }
}

/** By type, in the order of making. */
function makersFor(emulator: Emulator, folder: string): Readonly<Record<string, Make>> {
  const config = clientConfig(emulator);
  const [s3, sqs] = [new S3Client({ ...config, forcePathStyle: true }), new SQSClient(config)];
  const [lambda, dynamoDb] = [new LambdaClient(config), new DynamoDBClient(config)];
  const logs = new CloudWatchLogsClient(config);
  const events = (action: string, request: object) =>
    callJson(emulator, "events", `AWSEvents.${action}`, request);
  return {
    aws_cloudwatch_log_group: (each) =>
      logs.send(new CreateLogGroupCommand({ logGroupName: each.text("name") })),
    aws_iam_role: (each) =>
      callQuery(emulator, "iam", {
        Action: "CreateRole",
        Version: "2010-05-08",
        RoleName: each.text("name"),
        AssumeRolePolicyDocument: each.text("assume_role_policy"),
      }),
    aws_sqs_queue: (each) => sqs.send(new CreateQueueCommand(queue(each))),
    aws_dynamodb_table: (each) => dynamoDb.send(new CreateTableCommand(table(each))),
    aws_s3_bucket: (each) => s3.send(new CreateBucketCommand(bucket(each, emulator.region))),
    aws_s3_bucket_versioning: (each) =>
      s3.send(
        new PutBucketVersioningCommand({
          Bucket: each.text("bucket"),
          VersioningConfiguration: { Status: "Enabled" },
        }),
      ),
    aws_s3_bucket_notification: (each) =>
      s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket: each.text("bucket"),
          NotificationConfiguration: { EventBridgeConfiguration: {} },
        }),
      ),
    aws_cloudwatch_event_rule: (each) =>
      events("PutRule", { Name: each.text("name"), EventPattern: each.optional("event_pattern") }),
    aws_cloudwatch_event_target: (each) =>
      events("PutTargets", {
        Rule: each.text("rule"),
        Targets: [{ Id: "Target", Arn: each.text("arn") }],
      }),
    aws_lambda_function: async (each) => {
      const FunctionName = each.text("function_name");
      await lambda.send(new CreateFunctionCommand(lambdaFunction(each, folder)));
      const reserved = each.count("reserved_concurrent_executions");
      if (reserved === undefined) return;
      const limit = { FunctionName, ReservedConcurrentExecutions: reserved };
      await lambda.send(new PutFunctionConcurrencyCommand(limit));
    },
    aws_lambda_event_source_mapping: (each) =>
      lambda.send(
        new CreateEventSourceMappingCommand({
          FunctionName: each.text("function_name"),
          EventSourceArn: each.text("event_source_arn"),
          BatchSize: each.count("batch_size"),
          MaximumBatchingWindowInSeconds: each.count("maximum_batching_window_in_seconds"),
          FunctionResponseTypes: each.texts("function_response_types") as "ReportBatchItemFailures"[],
        }),
      ),
  };
}

const queue = (each: Resolved) => {
  const redrive = each.optional("redrive_policy");
  return {
    QueueName: each.text("name"),
    Attributes: {
      VisibilityTimeout: String(each.count("visibility_timeout_seconds") ?? 30),
      ...(redrive === undefined ? {} : { RedrivePolicy: redrive }),
    },
  };
};

const table = (each: Resolved) => {
  const keys = [
    { AttributeName: each.text("hash_key"), KeyType: "HASH" as const },
    ...(each.optional("range_key") === undefined
      ? []
      : [{ AttributeName: each.text("range_key"), KeyType: "RANGE" as const }]),
  ];
  return {
    TableName: each.text("name"),
    BillingMode: "PAY_PER_REQUEST" as const,
    KeySchema: keys,
    AttributeDefinitions: keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: "S" as const })),
  };
};

const bucket = (each: Resolved, region: string) => ({
  Bucket: each.text("bucket"),
  ...(region === "us-east-1"
    ? {}
    : { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" } }),
});

const lambdaFunction = (each: Resolved, folder: string) => ({
  FunctionName: each.text("function_name"),
  Role: each.text("role"),
  Runtime: each.text("runtime") as "nodejs22.x",
  Handler: each.text("handler"),
  Timeout: each.count("timeout"),
  MemorySize: each.count("memory_size"),
  Code: { ZipFile: readFileSync(join(folder, each.text("filename"))) },
  Environment: {
    Variables: each.block("environment").block("variables").all as Record<string, string>,
  },
  LoggingConfig: {
    LogFormat: "JSON" as const,
    LogGroup: each.block("logging_config").text("log_group"),
  },
});
