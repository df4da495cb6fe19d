import { Key } from "@landfall/keys";
import { Queue } from "@landfall/messaging";
import { AppDashboard, FunctionAlarms, QueueAlarms } from "@landfall/observability";
import { type ZoneStack } from "@landfall/stack";

/** A queue and the function behind it, watched. In a real stack, the key and the topic come from contracts. */
export function example(stack: ZoneStack): void {
  const encryptionKey = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/mrk-1234");
  const topicArn = "arn:aws:sns:eu-west-1:123456789012:sandbox-logging-notices";
  const functionName = stack.resourceName("function", "writer");
  const queue = new Queue(stack, "Reports", { name: "reports", encryptionKey });

  const functionAlarms = new FunctionAlarms(stack, "WriterAlarms", { functionName, topicArn });
  const queueAlarms = new QueueAlarms(stack, "ReportsAlarms", { queue, topicArn });
  new AppDashboard(stack, "Dashboard", {
    functions: [functionName],
    queues: [queue.queueArn, queue.deadLetterQueue.queueArn],
    alarms: [...functionAlarms.alarmArns, ...queueAlarms.alarmArns],
    metrics: [{ title: "Reports", dimensions: { service: "reports" }, names: ["ReportsWritten"] }],
  });
}
