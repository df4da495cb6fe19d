import { LambdaFunction } from "@landfall/function";
import { type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { EventRule, Queue, Schedule } from "@landfall/messaging";
import { FunctionAlarms, QueueAlarms } from "@landfall/observability";
import { ZoneStack } from "@landfall/stack";
import { type IBucket, type ITable } from "@landfall/storage";
import { Construct } from "constructs";
import { type RepairName } from "./names";
import { repairStatements } from "./permissions";
import { ignoredIn, modeOf } from "./switches";
import { triggersOf } from "./triggers";

export interface RepairProps {
  readonly repair: RepairName;
  readonly description: string;
  readonly keys: { readonly data: IKey; readonly logs: IKey; readonly messages: IKey };
  readonly records: IBucket;
  readonly idempotency: ITable;
  readonly noticesTopicArn: string;
}

/** A look at everything takes three calls for each bucket or group: a thousand of them in less than two minutes. */
const TIMEOUT_SECONDS = 120;
/** The fewest that a queue can drive, which is also how many may write to a chain of records at once. */
const CONCURRENCY = 2;

/** One repair: events and a schedule → its queue → its function, with a role that can do this repair and no other. */
export class Repair extends Construct {
  readonly queue: Queue;
  readonly functionName: string;
  readonly alarmArns: readonly string[];

  constructor(scope: Construct, id: string, props: RepairProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    const { repair, keys, records, idempotency, noticesTopicArn } = props;
    const mode = modeOf(zone, repair);
    const ignored = ignoredIn(zone);
    this.queue = new Queue(this, "Queue", {
      name: repair,
      encryptionKey: keys.messages,
      visibilityTimeoutSeconds: 6 * TIMEOUT_SECONDS,
    });
    this.trigger(repair);
    const lambda = new LambdaFunction(this, "Function", {
      name: repair,
      description: props.description,
      entry: `apps/sentinel/src/${repair}.function.ts`,
      dataKey: keys.data,
      logsKey: keys.logs,
      deadLetterQueue: this.queue.deadLetterQueue,
      vpc: "none",
      timeoutSeconds: TIMEOUT_SECONDS,
      reservedConcurrency: CONCURRENCY,
      environment: {
        ACCOUNT_ID: stack.account.id,
        ZONE: zone.name,
        REPAIR_MODE: mode,
        IGNORED_ARNS: JSON.stringify(ignored),
        RECORDS_BUCKET: records.bucketName,
        IDEMPOTENCY_TABLE: idempotency.tableName,
        NOTICES_TOPIC_ARN: noticesTopicArn,
        DEAD_LETTER_QUEUE_URL: this.queue.deadLetterQueue.queueUrl,
        POWERTOOLS_SERVICE_NAME: stack.definition.name,
        POWERTOOLS_METRICS_NAMESPACE: "Landfall",
        POWERTOOLS_LOG_LEVEL: "INFO",
        POWERTOOLS_TRACER_CAPTURE_RESPONSE: "false",
      },
      statements: [...repairStatements(stack, repair, mode, ignored), ...workStatements(props)],
    });
    lambda.consume(this.queue);
    this.functionName = lambda.functionName;
    this.alarmArns = [
      ...new FunctionAlarms(this, "FunctionAlarms", {
        functionName: this.functionName,
        topicArn: noticesTopicArn,
        reservedConcurrency: CONCURRENCY,
        timeoutSeconds: TIMEOUT_SECONDS,
      }).alarmArns,
      ...new QueueAlarms(this, "QueueAlarms", { queue: this.queue, topicArn: noticesTopicArn }).alarmArns,
    ];
  }

  private trigger(repair: RepairName): void {
    const { patterns, sweepMinutes } = triggersOf(ZoneStack.of(this))[repair];
    for (const { name, description, pattern } of patterns) {
      new EventRule(this, `Rule-${name}`, {
        name: `${repair}-${name}`,
        description,
        eventPattern: pattern,
        target: this.queue,
      });
    }
    if (sweepMinutes === undefined) return;
    new Schedule(this, "Sweep", {
      name: `${repair}-sweep`,
      description: "Looks at everything, for what no event told",
      everyMinutes: sweepMinutes,
      target: this.queue,
    });
  }
}

/** How a repair is remembered, recorded under its own prefix, and announced. */
const workStatements = ({ repair, records, idempotency, noticesTopicArn }: RepairProps): Statement[] => [
  {
    Sid: "RememberWhatIsDone",
    Effect: "Allow",
    Action: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    Resource: idempotency.tableArn,
  },
  {
    Sid: "RecordInOwnChain",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: `${records.bucketArn}/${repair}/*`,
  },
  {
    Sid: "FindTheLastRecord",
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: records.bucketArn,
    Condition: { StringEquals: { "s3:prefix": `${repair}/` } },
  },
  { Sid: "TellPeople", Effect: "Allow", Action: "sns:Publish", Resource: noticesTopicArn },
];
