import { Key } from "@landfall/keys";
import { type ZoneStack } from "@landfall/stack";
import { Bucket, Table } from "@landfall/storage";

/** Reports that stay for ten years, a year of them locked, and their index. */
export function example(stack: ZoneStack): void {
  // In a real stack, both come from contracts.
  const encryptionKey = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/mrk-1234");
  const accessLogBucketName = "sandbox-logging-access-logs-123456789012-eu-west-1";

  new Bucket(stack, "Reports", {
    name: "reports",
    encryptionKey,
    accessLogBucketName,
    expirationDays: 3653,
    tiers: [{ afterDays: 90, storageClass: "GLACIER_IR" }],
    lock: { mode: "governance", days: 365 },
  });
  new Table(stack, "Index", { name: "index", encryptionKey, partitionKey: "pk" });
}
