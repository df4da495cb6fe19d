import { defineContract, text } from "@landfall/stack";

export const loggingContract = defineContract({
  stack: "logging",
  scope: "regional",
  values: {
    archiveBucketArn: text("ARN of the bucket that keeps what AWS services log"),
    accessLogBucketName: text("Name of the bucket that takes the server access logs of the region's buckets"),
  },
});
