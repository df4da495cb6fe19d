import { defineContract, text } from "@landfall/stack";

export const keysContract = defineContract({
  stack: "keys",
  scope: "regional",
  values: {
    logsKeyArn: text("ARN of the key for logs: log groups and the log archive"),
    dataKeyArn: text("ARN of the key for data at rest: buckets, tables and environment variables"),
    messagesKeyArn: text("ARN of the key for messages in flight: queues and topics"),
  },
});
