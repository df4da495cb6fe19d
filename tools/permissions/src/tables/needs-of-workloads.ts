import { type Need } from "./row";
import { on } from "./targets";
import { type Role, type Zone } from "../zone/zone";

const functionsOf = (zone: Zone, role: Role) => zone.functions.filter((each) => each.role === role.arn);

/** What a service asks of a resource's key for a role, through the service. */
function keyUse(zone: Zone, resource: string, service: string, region: string, actions: readonly string[]) {
  const key = zone.keys.get(resource);
  return key === undefined
    ? []
    : on(actions, [key], { context: { "kms:ViaService": `${service}.${region}.amazonaws.com` } });
}

/** The resources of the app `intake` in a region whose ARN has an ending. */
const ofIntake = (zone: Zone, role: Role, type: string, part: string) =>
  [...zone.resources.values()].filter(
    (each) =>
      each.type === type &&
      each.stack === role.stack &&
      each.account === role.account &&
      each.region === role.region &&
      each.arn.includes(part),
  );

const isIntake = (role: Role) => role.stack === "intake";

/** What functions need to run: most of it read from their own configuration, so that a new function is covered. */
export const WORKLOAD_NEEDS: readonly Need[] = [
  {
    id: "function-logs",
    title: "A function writes its log and its traces",
    roles: { only: ["workload"] },
    requests: (zone, role) =>
      functionsOf(zone, role).flatMap(({ account, region, logGroup }) => [
        ...(logGroup === undefined
          ? []
          : on(
              ["logs:CreateLogStream", "logs:PutLogEvents"],
              [`arn:aws:logs:${region}:${account}:log-group:${logGroup}:log-stream:2026`],
            )),
        ...on(["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"], { region }),
      ]),
  },
  {
    id: "function-network",
    title: "Lambda attaches a function to its network",
    roles: { only: ["workload"] },
    requests: (zone, role) =>
      functionsOf(zone, role)
        .filter(({ inVpc }) => inVpc)
        .flatMap(({ account, region }) => [
          ...on(
            ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"],
            [`arn:aws:ec2:${region}:${account}:network-interface/eni-0123456789abcdef0`],
          ),
          ...on(["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], ["*"], { region }),
        ]),
  },
  {
    id: "function-queue",
    title: "A function consumes the queues that trigger it",
    roles: { only: ["workload"] },
    requests: (zone, role) =>
      zone.consumptions
        .filter((each) => each.role === role.arn)
        .flatMap(({ queue, region }) => [
          ...on(["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], [queue]),
          ...keyUse(zone, queue, "sqs", region, ["kms:Decrypt"]),
        ]),
  },
  {
    id: "function-failures",
    title: "A function keeps what it can't do in its dead-letter queue",
    roles: { only: ["workload"] },
    requests: (zone, role) =>
      functionsOf(zone, role).flatMap(({ failures, region }) =>
        failures?.startsWith("arn:aws:sqs:")
          ? [
              ...on(["sqs:SendMessage"], [failures]),
              ...keyUse(zone, failures, "sqs", region, ["kms:Decrypt", "kms:GenerateDataKey"]),
            ]
          : [],
      ),
  },
  {
    id: "intake-documents",
    title: "The function of intake reads the documents bucket",
    roles: { only: ["workload"] },
    requests: (zone, role) =>
      (isIntake(role) ? ofIntake(zone, role, "aws_s3_bucket", "-documents-") : []).flatMap(({ arn }) => [
        ...on(["s3:GetObject"], [`${arn}/annual-report.json`]),
        ...on(["s3:ListBucket"], [arn]),
        ...keyUse(zone, arn, "s3", role.region, ["kms:Decrypt"]),
      ]),
  },
  {
    id: "intake-catalogue",
    title: "The function of intake enters documents into its catalogue, each once",
    roles: { only: ["workload"] },
    requests: (zone, role) => {
      if (!isIntake(role)) return [];
      const tables = ofIntake(zone, role, "aws_dynamodb_table", "-catalogue");
      const memory = ofIntake(zone, role, "aws_dynamodb_table", "-idempotency");
      return [
        ...on(
          ["dynamodb:PutItem"],
          tables.map(({ arn }) => arn),
        ),
        ...on(
          ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
          memory.map(({ arn }) => arn),
        ),
        ...[...tables, ...memory].flatMap(({ arn }) =>
          keyUse(zone, arn, "dynamodb", role.region, ["kms:Decrypt"]),
        ),
      ];
    },
  },
];
