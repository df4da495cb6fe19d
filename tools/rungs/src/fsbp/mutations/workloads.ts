import { type Mutation } from "../mutation";

const EVERYONE = { AWS: "*" };
const ACCOUNT = "123456789012";

const PERMISSION = {
  aws_lambda_permission: {
    Added: {
      action: "lambda:InvokeFunction",
      function_name: "catalogue",
      principal: "events.amazonaws.com",
      source_arn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/nightly`,
    },
  },
};

const DAX = {
  aws_dax_cluster: {
    Added: {
      cluster_name: "added",
      iam_role_arn: `arn:aws:iam::${ACCOUNT}:role/dax`,
      node_type: "dax.t3.small",
      replication_factor: 3,
      server_side_encryption: { enabled: true },
      cluster_endpoint_encryption_type: "TLS",
    },
  },
};

const BUS = {
  aws_cloudwatch_event_bus: { Added: { name: "added" } },
  aws_cloudwatch_event_bus_policy: {
    Added: {
      event_bus_name: "${aws_cloudwatch_event_bus.Added.name}",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OwnAccount",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
            Action: "events:PutEvents",
            Resource: `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/added`,
          },
        ],
      }),
    },
  },
};

const STREAM = {
  aws_kinesis_stream: {
    Added: {
      name: "added",
      shard_count: 1,
      encryption_type: "KMS",
      kms_key_id: "alias/aws/kinesis",
      retention_period: 168,
    },
  },
};

const STATE_MACHINE = {
  aws_sfn_state_machine: {
    Added: {
      name: "added",
      role_arn: `arn:aws:iam::${ACCOUNT}:role/machine`,
      definition: JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } }),
      logging_configuration: {
        level: "ERROR",
        log_destination: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:added:*`,
      },
    },
  },
};

const SECRET = {
  aws_secretsmanager_secret: { Added: { name: "added" } },
  aws_secretsmanager_secret_rotation: {
    Added: {
      secret_id: "${aws_secretsmanager_secret.Added.id}",
      rotation_lambda_arn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:rotate`,
      rotation_rules: { automatically_after_days: 30 },
    },
  },
};

/** How the controls of what applications are made of are broken. */
export const workloadMutations: readonly Mutation[] = [
  {
    control: "Lambda.1",
    mutation: "everyone may invoke a function",
    at: "aws_lambda_permission",
    add: PERMISSION,
    change: (zone) => {
      zone.set("aws_lambda_permission", "principal", "*");
      zone.set("aws_lambda_permission", "source_arn", undefined);
    },
  },
  {
    control: "Lambda.2",
    mutation: "a function has a runtime that is no longer supported",
    at: "aws_lambda_function",
    change: (zone) => zone.set("aws_lambda_function", "runtime", "nodejs18.x"),
  },
  {
    control: "Lambda.5",
    mutation: "a function is in one subnet",
    at: "aws_lambda_function",
    change: (zone) =>
      zone.set(
        "aws_lambda_function",
        "vpc_config.subnet_ids",
        zone.references("aws_subnet", "id").slice(0, 1),
      ),
  },
  {
    control: "DynamoDB.1",
    mutation: "a table has a capacity that does not follow demand",
    at: "aws_dynamodb_table",
    change: (zone) => zone.set("aws_dynamodb_table", "billing_mode", "PROVISIONED"),
  },
  {
    control: "DynamoDB.2",
    mutation: "a table can't be restored to a point in time",
    at: "aws_dynamodb_table",
    change: (zone) => zone.set("aws_dynamodb_table", "point_in_time_recovery.enabled", false),
  },
  {
    control: "DynamoDB.3",
    mutation: "a DAX cluster is not encrypted",
    at: "aws_dax_cluster",
    add: DAX,
    change: (zone) => zone.set("aws_dax_cluster", "server_side_encryption.enabled", false),
  },
  {
    control: "DynamoDB.6",
    mutation: "a table can be deleted",
    at: "aws_dynamodb_table",
    change: (zone) => zone.set("aws_dynamodb_table", "deletion_protection_enabled", false),
  },
  {
    control: "DynamoDB.7",
    mutation: "a DAX cluster takes connections without TLS",
    at: "aws_dax_cluster",
    add: DAX,
    change: (zone) => zone.set("aws_dax_cluster", "cluster_endpoint_encryption_type", "NONE"),
  },
  {
    control: "SQS.1",
    mutation: "a queue is not encrypted",
    at: "aws_sqs_queue",
    change: (zone) => {
      zone.set("aws_sqs_queue", "kms_master_key_id", undefined);
      zone.set("aws_sqs_queue", "sqs_managed_sse_enabled", false);
    },
  },
  {
    control: "SQS.3",
    mutation: "a queue takes messages from everyone",
    at: "aws_sqs_queue",
    change: (zone) =>
      zone.allow("aws_sqs_queue", { Principal: EVERYONE, Action: "sqs:SendMessage", Resource: "*" }),
  },
  {
    control: "SNS.4",
    mutation: "a topic takes messages from everyone",
    at: "aws_sns_topic_policy",
    change: (zone) =>
      zone.allow("aws_sns_topic_policy", { Principal: EVERYONE, Action: "sns:Publish", Resource: "*" }),
  },
  {
    control: "EventBridge.3",
    mutation: "an event bus loses its policy",
    at: "aws_cloudwatch_event_bus",
    add: BUS,
    change: (zone) => zone.remove("aws_cloudwatch_event_bus_policy"),
  },
  {
    control: "SecretsManager.1",
    mutation: "a secret does not rotate",
    at: "aws_secretsmanager_secret",
    add: SECRET,
    change: (zone) => zone.remove("aws_secretsmanager_secret_rotation"),
  },
  {
    control: "SecretsManager.4",
    mutation: "a secret rotates every 120 days",
    at: "aws_secretsmanager_secret",
    add: SECRET,
    change: (zone) =>
      zone.set("aws_secretsmanager_secret_rotation", "rotation_rules.automatically_after_days", 120),
  },
  {
    control: "StepFunctions.1",
    mutation: "a state machine logs nothing",
    at: "aws_sfn_state_machine",
    add: STATE_MACHINE,
    change: (zone) => zone.set("aws_sfn_state_machine", "logging_configuration.level", "OFF"),
  },
  {
    control: "Kinesis.1",
    mutation: "a stream is not encrypted",
    at: "aws_kinesis_stream",
    add: STREAM,
    change: (zone) => zone.set("aws_kinesis_stream", "encryption_type", "NONE"),
  },
  {
    control: "Kinesis.3",
    mutation: "a stream keeps records for a day",
    at: "aws_kinesis_stream",
    add: STREAM,
    change: (zone) => zone.set("aws_kinesis_stream", "retention_period", 24),
  },
];
