import { defineContract, text } from "@landfall/stack";

export const loggingContract = defineContract({
  stack: "logging",
  scope: "regional",
  accounts: "every",
  values: {
    archiveBucketArn: text(
      "ARN of the region's bucket, in the log archive account, for what AWS services log",
    ),
    accessLogBucketName: text(
      "Name of the bucket that takes the server access logs of the account's buckets",
    ),
    noticesTopicArn: text("ARN of the topic that tells the zone's security contact of alarms and findings"),
  },
});
