import { Key } from "@landfall/keys";
import { EventRule, Queue, Topic } from "@landfall/messaging";
import { type ZoneStack } from "@landfall/stack";

/** Each report that somebody asks for waits in a queue; a topic takes alarms. */
export function example(stack: ZoneStack): void {
  // In a real stack, it comes from the contract of the keys.
  const encryptionKey = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/mrk-1234");

  const queue = new Queue(stack, "Reports", { name: "reports", encryptionKey });
  new EventRule(stack, "ReportRequested", {
    name: "report-requested",
    description: "Somebody asked for a report",
    eventPattern: { source: ["example.reports"], "detail-type": ["Report Requested"] },
    target: queue,
  });

  const alarms = new Topic(stack, "Alarms", { name: "alarms", encryptionKey });
  alarms.allowService("cloudwatch.amazonaws.com");
}
