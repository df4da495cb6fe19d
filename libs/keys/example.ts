import { Key } from "@landfall/keys";
import { type ZoneStack } from "@landfall/stack";

/** A key for reports: buckets and tables through their services, and events that are sent to encrypted queues. */
export function example(stack: ZoneStack): void {
  new Key(stack, "Reports", {
    dataClass: "reports",
    description: "Reports: buckets, tables and queues",
    viaServices: ["s3", "dynamodb", "sqs"],
    serviceUsers: [
      {
        service: "events.amazonaws.com",
        condition: { StringEquals: { "aws:SourceAccount": stack.account.id } },
      },
    ],
  });
}
