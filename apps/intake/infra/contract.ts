import { defineContract, text } from "@landfall/stack";

export const intakeContract = defineContract({
  stack: "intake",
  scope: "regional",
  accounts: ["workload"],
  values: {
    documentsBucketName: text("Name of the bucket that takes documents"),
    documentsQueueUrl: text("URL of the queue between the bucket's events and the function"),
    deadLetterQueueUrl: text("URL of the queue that keeps refused and undeliverable events"),
    catalogueTableName: text("Name of the table that holds the catalogue"),
  },
});
