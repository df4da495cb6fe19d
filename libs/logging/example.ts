import { Key } from "@landfall/keys";
import { AccessLogs, LogArchive, LogGroup } from "@landfall/logging";
import { type ZoneStack } from "@landfall/stack";

/** The logs of an account: what its buckets and AWS's services write, and a log group of its own. */
export function example(stack: ZoneStack): void {
  // In a real stack, it comes from the contract of the keys.
  const encryptionKey = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/mrk-1234");

  const { bucket } = new AccessLogs(stack, "AccessLogs");
  new LogArchive(stack, "LogArchive", { encryptionKey, accessLogBucketName: bucket.bucketName });
  new LogGroup(stack, "Reports", { logGroupName: `/reports/${stack.zone.name}`, encryptionKey });
}
