import { type Queue } from "@landfall/messaging";
import { AppDashboard, FunctionAlarms, QueueAlarms } from "@landfall/observability";
import { ZoneStack } from "@landfall/stack";
import { type ITable } from "@landfall/storage";
import { Construct } from "constructs";

export interface IntakeWatchProps {
  /** The topic that is told of alarms. */
  readonly topicArn: string;
  readonly functionName: string;
  readonly timeoutSeconds: number;
  readonly queue: Queue;
  readonly tables: readonly ITable[];
}

/** The alarms and the dashboard of intake. Its own metrics are those of `src/telemetry.ts`. */
export class IntakeWatch extends Construct {
  constructor(scope: Construct, id: string, props: IntakeWatchProps) {
    super(scope, id);
    const { topicArn, functionName, timeoutSeconds, queue, tables } = props;
    const functionAlarms = new FunctionAlarms(this, "Function", { functionName, topicArn, timeoutSeconds });
    const queueAlarms = new QueueAlarms(this, "Queue", { queue, topicArn });
    const dimensions = { service: ZoneStack.of(this).definition.name };
    new AppDashboard(this, "Dashboard", {
      functions: [functionName],
      queues: [queue.queueArn, queue.deadLetterQueue.queueArn],
      tables: tables.map(({ tableName }) => tableName),
      alarms: [...functionAlarms.alarmArns, ...queueAlarms.alarmArns],
      metrics: [
        {
          title: "What became of documents",
          dimensions,
          names: ["DocumentsCatalogued", "DocumentsDeduplicated", "DocumentsRefused", "DocumentsFailed"],
        },
        { title: "Why documents were refused", dimensions, names: ["DocumentsRefused"], by: "reason" },
        { title: "Bytes catalogued", dimensions, names: ["DocumentBytes"] },
      ],
    });
  }
}
