import { defineContract, text } from "@landfall/stack";

export const sampleAppContract = defineContract({
  stack: "sample-app",
  scope: "regional",
  accounts: ["workload"],
  values: {
    queueUrl: text("URL of the queue between the bus and the function"),
    deadLetterQueueUrl: text("URL of the queue that keeps refused and undeliverable events"),
    tableName: text("Name of the table that holds what was taken in"),
  },
});
