import { type Attack, NOTHING_ALLOWS_IT } from "./row";
import {
  CHANGERS,
  all,
  arn,
  foreign,
  isOfBootstrap,
  isStateBucket,
  keys,
  near,
  objectsIn,
  on,
} from "./targets";
import { type Role, type RoleKind } from "../zone/zone";

/** Roles of people and pipelines: they see and change the zone's configuration, not its data. */
const LOOKERS: readonly RoleKind[] = [
  "plan",
  "read-only",
  "operator",
  "deploy",
  "github-plan",
  "github-deploy",
  "pipeline-plan",
  "pipeline-deploy",
];

/** To put a public access block on is the repair of `sentinel`; IAM can't tell it from taking it off. */
const publicAccessBlock = ({ kind }: Role): readonly string[] =>
  kind === "repair" ? [] : ["s3:PutBucketPublicAccessBlock"];

/** Attacks on data, keys and code. */
export const DATA_ATTACKS: readonly Attack[] = [
  {
    id: "reach-in",
    title: "Get at data, keys or roles from an account outside of the zone",
    roles: { only: ["stranger"] },
    requests: (zone) => [
      ...on(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], objectsIn(all(zone, "aws_s3_bucket"))),
      ...on(["s3:ListBucket", "s3:PutBucketPolicy"], all(zone, "aws_s3_bucket")),
      ...on(["sqs:ReceiveMessage", "sqs:SendMessage"], all(zone, "aws_sqs_queue")),
      ...on(["sns:Publish", "sns:Subscribe"], all(zone, "aws_sns_topic")),
      ...on(
        ["dynamodb:GetItem", "dynamodb:PutItem"],
        [...all(zone, "aws_dynamodb_table"), ...all(zone, "aws_dynamodb_table_replica")],
      ),
      ...on(["secretsmanager:GetSecretValue"], all(zone, "aws_secretsmanager_secret")),
      ...on(["kms:CreateGrant", "kms:Decrypt", "kms:PutKeyPolicy"], keys(zone)),
      ...on(
        ["sts:AssumeRole"],
        zone.roles.map(({ arn }) => arn),
      ),
    ],
  },
  {
    id: "read-foreign-queue",
    title: "Consume or empty a queue of another stack, or of another function",
    roles: { only: ["workload", "repair"] },
    requests: (zone, role) => {
      const others = zone.consumptions
        .map(({ source }) => source)
        .filter(
          (source) =>
            source.startsWith("arn:aws:sqs:") &&
            !zone.consumptions.some((each) => each.source === source && each.role === role.arn),
        );
      return on(
        ["sqs:DeleteMessage", "sqs:PurgeQueue", "sqs:ReceiveMessage"],
        [...new Set([...foreign(zone, role, "aws_sqs_queue"), ...others])],
      );
    },
  },
  {
    id: "read-foreign-table",
    title: "Read or write a table of another stack",
    roles: { only: ["workload", "repair"] },
    requests: (zone, role) =>
      on(
        ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"],
        [...foreign(zone, role, "aws_dynamodb_table"), ...foreign(zone, role, "aws_dynamodb_table_replica")],
      ),
  },
  {
    id: "read-foreign-bucket",
    title: "Read or write a bucket of another stack",
    roles: { only: ["workload", "repair"] },
    requests: (zone, role) => {
      const buckets = foreign(zone, role, "aws_s3_bucket");
      return [
        ...on(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], objectsIn(buckets)),
        ...on(["s3:ListBucket"], buckets),
      ];
    },
  },
  {
    id: "read-foreign-secret",
    title: "Read a secret of another stack",
    roles: { only: ["workload", "repair"] },
    requests: (zone, role) =>
      on(["secretsmanager:GetSecretValue"], foreign(zone, role, "aws_secretsmanager_secret")),
  },
  {
    id: "use-key-directly",
    title: "Use a key of the zone outside of the services that it is for",
    roles: "every",
    deniedBy: { others: ["resource", NOTHING_ALLOWS_IT] },
    requests: (zone) => on(["kms:Decrypt", "kms:GenerateDataKey"], keys(zone)),
  },
  {
    id: "look-into-data",
    title: "Read data with a role that is for configuration",
    roles: { only: LOOKERS },
    deniedBy: {
      plan: ["ReadNoData", NOTHING_ALLOWS_IT],
      "read-only": ["ReadNoData", NOTHING_ALLOWS_IT],
      operator: ["ReadNoData", NOTHING_ALLOWS_IT],
      "github-plan": ["ReadNoData", NOTHING_ALLOWS_IT],
      "github-deploy": ["ReadNoData", NOTHING_ALLOWS_IT],
    },
    requests: (zone) => [
      ...on(
        ["s3:GetObject"],
        objectsIn(all(zone, "aws_s3_bucket").filter((bucket) => !isStateBucket(zone, bucket))),
      ),
      ...on(["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"], all(zone, "aws_dynamodb_table")),
      ...on(["secretsmanager:GetSecretValue"], all(zone, "aws_secretsmanager_secret")),
    ],
  },
  {
    id: "read-messages",
    title: "Read messages with a role that is for configuration",
    roles: { only: LOOKERS.filter((kind) => kind !== "operator") },
    requests: (zone) => on(["sqs:ReceiveMessage"], all(zone, "aws_sqs_queue")),
  },
  {
    id: "tamper-with-state",
    title: "Write the Terraform states or the contracts",
    roles: { except: [...CHANGERS, "github-deploy", "pipeline-deploy"] },
    requests: (zone, role) => [
      ...on(
        ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject"],
        all(zone, "aws_s3_bucket")
          .filter((bucket) => isStateBucket(zone, bucket))
          .map((bucket) => `${bucket}/${zone.name}-keys.tfstate`),
      ),
      ...on(["ssm:DeleteParameter", "ssm:PutParameter"], near(zone, role, "aws_ssm_parameter")),
    ],
  },
  {
    id: "lose-state",
    title: "Delete the bucket of the Terraform states, or what it keeps of them",
    roles: { except: ["break-glass"] },
    deniedBy: { deploy: ["KeepArchive", NOTHING_ALLOWS_IT] },
    requests: (zone) => {
      const buckets = all(zone, "aws_s3_bucket").filter((bucket) => isStateBucket(zone, bucket));
      return [
        ...on(["s3:DeleteBucket", "s3:DeleteBucketPolicy"], buckets),
        ...on(
          ["s3:DeleteObjectVersion"],
          buckets.map((bucket) => `${bucket}/${zone.name}-keys.tfstate`),
        ),
      ];
    },
  },
  {
    id: "edit-bootstrap",
    title: "Change what an administrator applies by hand: the state bucket and what bootstrap publishes",
    roles: { except: ["break-glass"] },
    deniedBy: { deploy: ["BootstrapIsAdministrators"] },
    requests: (zone, role) => [
      ...on(
        [
          "s3:PutBucketPolicy",
          ...publicAccessBlock(role),
          "s3:PutBucketVersioning",
          "s3:PutLifecycleConfiguration",
        ],
        near(zone, role, "aws_s3_bucket").filter((bucket) => isOfBootstrap(zone, bucket)),
      ),
      ...on(
        ["ssm:DeleteParameter", "ssm:PutParameter"],
        near(zone, role, "aws_ssm_parameter").filter((parameter) => isOfBootstrap(zone, parameter)),
      ),
    ],
  },
  {
    id: "disable-key",
    title: "Disable a key or schedule its deletion",
    roles: "every",
    deniedBy: { deploy: ["KeepKeys", NOTHING_ALLOWS_IT], "break-glass": ["KeepKeys", NOTHING_ALLOWS_IT] },
    requests: (zone) => on(["kms:DisableKey", "kms:ScheduleKeyDeletion"], keys(zone)),
  },
  {
    id: "change-key-policy",
    title: "Change the policy of a key or stop its rotation",
    roles: { except: CHANGERS },
    requests: (zone) => on(["kms:DisableKeyRotation", "kms:PutKeyPolicy"], keys(zone)),
  },
  {
    id: "share-snapshot",
    title: "Share a snapshot or an image with another account",
    roles: "every",
    deniedBy: { deploy: ["ShareNothing"], "break-glass": ["ShareNothing"] },
    requests: (zone, role) =>
      zone.regions.flatMap((region) => [
        ...on(["ec2:ModifySnapshotAttribute"], [`arn:aws:ec2:${region}::snapshot/snap-0123456789abcdef0`]),
        ...on(["ec2:ModifyImageAttribute"], [`arn:aws:ec2:${region}::image/ami-0123456789abcdef0`]),
        ...on(["rds:ModifyDBSnapshotAttribute"], [arn(role, "rds", "snapshot:orders", region)]),
        ...on(
          ["rds:ModifyDBClusterSnapshotAttribute"],
          [arn(role, "rds", "cluster-snapshot:orders", region)],
        ),
      ]),
  },
  {
    id: "public-object",
    title: "Open a bucket or an object by an access control list",
    roles: "every",
    deniedBy: {
      deploy: ["ShareNothing", NOTHING_ALLOWS_IT],
      "break-glass": ["ShareNothing", NOTHING_ALLOWS_IT],
    },
    requests: (zone) => {
      const context = { "s3:x-amz-acl": "public-read" };
      const buckets = all(zone, "aws_s3_bucket");
      return [
        ...on(["s3:PutBucketAcl"], buckets, { context }),
        ...on(["s3:PutObjectAcl"], objectsIn(buckets), { context }),
      ];
    },
  },
  {
    id: "public-bucket",
    title: "Take off a bucket's public access block or change its policy",
    roles: { except: CHANGERS },
    requests: (zone, role) =>
      on(
        ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy", ...publicAccessBlock(role)],
        all(zone, "aws_s3_bucket"),
      ),
  },
  {
    id: "rewrite-function",
    title: "Change a function's code, its configuration or who may call it",
    roles: { except: CHANGERS },
    requests: (zone, role) =>
      on(
        ["lambda:AddPermission", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"],
        near(zone, role, "aws_lambda_function"),
      ),
  },
];
