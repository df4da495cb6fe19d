import { type LambdaFunction } from "@landfall/function";
import { type Queue } from "@landfall/messaging";
import {
  AppDashboard,
  FunctionAlarms,
  QueueAlarms,
  StreamAlarms,
  TableAlarms,
} from "@landfall/observability";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type Tables } from "./tables";

export interface WatchProps {
  readonly topicArn: string;
  readonly functions: Readonly<Record<"api" | "outbox" | "fulfilment", LambdaFunction>>;
  readonly queues: Readonly<Record<"failures" | "fulfilments", Queue>>;
  readonly tables: Tables;
}

/** The reserved concurrency and the timeout of a function, where they are not the construct's own. */
const API = { reservedConcurrency: 20, timeoutSeconds: 10 };

/** Alarms on everything that can go wrong on an order's way, and one dashboard. */
export class Watch extends Construct {
  constructor(scope: Construct, id: string, { topicArn, functions, queues, tables }: WatchProps) {
    super(scope, id);
    const { api, outbox, fulfilment } = functions;
    const of = ({ functionName }: LambdaFunction) => ({ functionName, topicArn });
    const alarms = [
      new FunctionAlarms(this, "Api", { ...of(api), ...API }),
      new FunctionAlarms(this, "Outbox", of(outbox)),
      new StreamAlarms(this, "OutboxStream", of(outbox)),
      new FunctionAlarms(this, "Fulfilment", of(fulfilment)),
      new QueueAlarms(this, "Fulfilments", { queue: queues.fulfilments, topicArn }),
      // Nothing takes what is in there but people: a minute is enough to know of it.
      new QueueAlarms(this, "Failures", { queue: queues.failures, topicArn, maxAgeSeconds: 60 }),
      new TableAlarms(this, "OrdersTable", { tableName: tables.orders.tableName, topicArn }),
    ];
    const { name: service } = ZoneStack.of(this).definition;
    new AppDashboard(this, "Dashboard", {
      functions: [api, outbox, fulfilment].map(({ functionName }) => functionName),
      queues: [
        queues.fulfilments.queueArn,
        queues.fulfilments.deadLetterQueue.queueArn,
        queues.failures.queueArn,
      ],
      tables: [tables.orders.tableName],
      metrics: [
        {
          title: "Orders",
          dimensions: { service },
          names: ["OrdersAccepted", "OrdersReplayed", "OrdersPublished", "OrdersFulfilled"],
        },
        { title: "Refused requests", dimensions: { service }, names: ["RequestsRefused"], by: "reason" },
      ],
      alarms: alarms.flatMap(({ alarmArns }) => alarmArns),
    });
  }
}

/** How the functions of a service say what they do. */
export const telemetry = (service: string) => ({
  POWERTOOLS_SERVICE_NAME: service,
  POWERTOOLS_METRICS_NAMESPACE: "Landfall",
  POWERTOOLS_LOG_LEVEL: "INFO",
  POWERTOOLS_TRACER_CAPTURE_RESPONSE: "false",
});
