import { type Need } from "./row";
import { keyUse, on } from "./targets";
import { type Role, type Zone } from "../zone/zone";

const functionsOf = (zone: Zone, role: Role) => zone.functions.filter((each) => each.role === role.arn);

const consumedBy = (zone: Zone, role: Role, service: "sqs" | "dynamodb") =>
  zone.consumptions.filter((each) => each.role === role.arn && each.source.startsWith(`arn:aws:${service}:`));

/** What functions need to run: most of it read from their own configuration, so that a new function is covered. */
export const WORKLOAD_NEEDS: readonly Need[] = [
  {
    id: "function-logs",
    title: "A function writes its log and its traces",
    roles: { only: ["workload", "repair"] },
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
    roles: { only: ["workload", "repair"] },
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
    roles: { only: ["workload", "repair"] },
    requests: (zone, role) =>
      consumedBy(zone, role, "sqs").flatMap(({ source, region }) => [
        ...on(["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], [source]),
        ...keyUse(zone, source, "sqs", region, ["kms:Decrypt"]),
      ]),
  },
  {
    id: "function-stream",
    title: "A function reads the streams that trigger it",
    roles: { only: ["workload"] },
    requests: (zone, role) =>
      consumedBy(zone, role, "dynamodb").flatMap(({ source, region }) => [
        ...on(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], [source]),
        ...keyUse(zone, source.replace(/\/stream\/.*$/, ""), "dynamodb", region, ["kms:Decrypt"]),
      ]),
  },
  {
    id: "function-failures",
    title: "A function keeps what it can't do in its dead-letter queue",
    roles: { only: ["workload", "repair"] },
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
];
