import { defineContract, text } from "@landfall/stack";

export const keysContract = defineContract({
  stack: "keys",
  scope: "regional",
  accounts: "every",
  values: {
    logsKeyArn: text("ARN of the key for logs: log groups and the log archive"),
    dataKeyArn: text("ARN of the key for data at rest: buckets, tables, volumes and environment variables"),
    messagesKeyArn: text("ARN of the key for messages in flight: queues and topics"),
    secretsKeyArn: text("ARN of the key for secrets and secure parameters"),
    artifactsKeyArn: text("ARN of the key for what is built and deployed: bundles, plans and images"),
  },
});
