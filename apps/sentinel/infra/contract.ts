import { defineContract, text } from "@landfall/stack";

export const sentinelContract = defineContract({
  stack: "sentinel",
  scope: "regional",
  accounts: "every",
  values: {
    recordsBucketName: text("Name of the bucket that keeps what was repaired, in a chain for each repair"),
    blockPublicBucketQueueUrl: text("URL of the queue of the repair block-public-bucket"),
    closeOpenRuleQueueUrl: text("URL of the queue of the repair close-open-rule"),
    disableAccessKeyQueueUrl: text("URL of the queue of the repair disable-access-key"),
    restartTrailQueueUrl: text("URL of the queue of the repair restart-trail"),
  },
});
