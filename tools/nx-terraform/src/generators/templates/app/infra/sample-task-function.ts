import { LambdaFunction } from "@landfall/function";
import { Key } from "@landfall/keys";
import { EventRule, Queue } from "@landfall/messaging";
import { WorkloadSecurityGroup } from "@landfall/network";
import { FunctionAlarms, QueueAlarms } from "@landfall/observability";
import { type ValuesOf, ZoneStack } from "@landfall/stack";
import { type keysContract } from "@landfall/stack-keys/contract";
import { type loggingContract } from "@landfall/stack-logging/contract";
import { type networkContract } from "@landfall/stack-network/contract";
import { Table } from "@landfall/storage";
import { Construct } from "constructs";

/** What the function takes from other stacks. */
export interface SampleTaskFunctionProps {
  readonly keys: ValuesOf<typeof keysContract>;
  readonly logging: ValuesOf<typeof loggingContract>;
  readonly network: ValuesOf<typeof networkContract>;
}

/** An event of this app, by its detail type → queue → function → a row, once for each id. */
export class SampleTaskFunction extends Construct {
  readonly functionName: string;
  readonly queue: Queue;
  readonly table: Table;
  readonly alarmArns: readonly string[];

  constructor(scope: Construct, id: string, { keys, logging, network }: SampleTaskFunctionProps) {
    super(scope, id);
    const { name: service } = ZoneStack.of(this).definition;
    const dataKey = Key.fromKeyArn(keys.dataKeyArn);
    this.queue = new Queue(this, "Queue", {
      name: "sample-task",
      encryptionKey: Key.fromKeyArn(keys.messagesKeyArn),
    });
    new EventRule(this, "Requested", {
      name: "sample-task-requested",
      description: "SampleTask was asked for",
      eventPattern: { source: [`landfall.${service}`], "detail-type": ["SampleTaskRequested"] },
      target: this.queue,
    });
    this.table = new Table(this, "Table", {
      name: "sample-task",
      encryptionKey: dataKey,
      partitionKey: "pk",
    });
    const group = new WorkloadSecurityGroup(this, "Access", {
      name: "sample-task",
      vpcId: network.vpcId,
      endpointSecurityGroupId: network.endpointSecurityGroupId,
      prefixListIds: { dynamodb: network.dynamodbPrefixListId },
    });
    const lambda = new LambdaFunction(this, "Function", {
      name: "sample-task",
      description: "Checks each event and keeps a row of it",
      entry: "tools/nx-terraform/src/generators/templates/app/src/sample-task.function.ts",
      dataKey,
      logsKey: Key.fromKeyArn(keys.logsKeyArn),
      deadLetterQueue: this.queue.deadLetterQueue,
      vpc: { subnetIds: network.isolatedSubnetIds, securityGroupIds: [group.securityGroupId] },
      environment: {
        SAMPLE_TASK_TABLE: this.table.tableName,
        DEAD_LETTER_QUEUE_URL: this.queue.deadLetterQueue.queueUrl,
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_METRICS_NAMESPACE: "Landfall",
        POWERTOOLS_LOG_LEVEL: "INFO",
        POWERTOOLS_TRACER_CAPTURE_RESPONSE: "false",
      },
      statements: [
        {
          Sid: "KeepRows",
          Effect: "Allow",
          Action: "dynamodb:PutItem",
          Resource: this.table.tableArn,
        },
      ],
    });
    lambda.consume(this.queue);
    this.functionName = lambda.functionName;

    const topicArn = logging.noticesTopicArn;
    this.alarmArns = [
      ...new FunctionAlarms(this, "FunctionAlarms", { functionName: this.functionName, topicArn }).alarmArns,
      ...new QueueAlarms(this, "QueueAlarms", { queue: this.queue, topicArn }).alarmArns,
    ];
  }
}
