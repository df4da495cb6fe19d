import { signsFunctions } from "@landfall/core";
import { Key } from "@landfall/keys";
import { AppDashboard } from "@landfall/observability";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { bootstrapContract } from "@landfall/stack-bootstrap/contract";
import { deliveryContract } from "@landfall/stack-delivery/contract";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { Table } from "@landfall/storage";
import { type Construct } from "constructs";
import { type RepairName } from "./names";
import { sentinelContract } from "./contract";
import { Records } from "./records";
import { Repair } from "./repair";

/** Findings, calls and a schedule → EventBridge → a queue for each repair → its function → what is unsound is mended, and recorded. */
export class SentinelStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    this.permissionsBoundary(this.consume(bootstrapContract).repairBoundaryArn);
    if (signsFunctions(this.zone)) this.codeSigning(this.consume(deliveryContract).codeSigningConfigArn);
    const { dataKeyArn, logsKeyArn, messagesKeyArn } = this.consume(keysContract);
    const { accessLogBucketName, noticesTopicArn } = this.consume(loggingContract);
    const keys = {
      data: Key.fromKeyArn(dataKeyArn),
      logs: Key.fromKeyArn(logsKeyArn),
      messages: Key.fromKeyArn(messagesKeyArn),
    };

    const records = new Records(this, "Records", { encryptionKey: keys.data, accessLogBucketName }).bucket;
    const idempotency = new Table(this, "Idempotency", {
      name: "idempotency",
      encryptionKey: keys.data,
      partitionKey: "id",
      timeToLiveAttribute: "expiration",
    });
    const repairOf = (id: string, repair: RepairName, description: string) =>
      new Repair(this, id, { repair, description, keys, records, idempotency, noticesTopicArn });
    const bucket = repairOf(
      "BlockPublicBucket",
      "block-public-bucket",
      "Blocks public access to a bucket again",
    );
    const rule = repairOf("CloseOpenRule", "close-open-rule", "Revokes rules that let the internet in");
    const trail = repairOf("RestartTrail", "restart-trail", "Starts a trail that was stopped");
    const key = repairOf("DisableAccessKey", "disable-access-key", "Makes a leaked access key inactive");
    const all = [bucket, rule, trail, key];

    new AppDashboard(this, "Dashboard", {
      functions: all.map(({ functionName }) => functionName),
      queues: all.flatMap(({ queue }) => [queue.queueArn, queue.deadLetterQueue.queueArn]),
      alarms: all.flatMap(({ alarmArns }) => alarmArns),
    });
    this.publish(sentinelContract, {
      recordsBucketName: records.bucketName,
      blockPublicBucketQueueUrl: bucket.queue.queueUrl,
      closeOpenRuleQueueUrl: rule.queue.queueUrl,
      disableAccessKeyQueueUrl: key.queue.queueUrl,
      restartTrailQueueUrl: trail.queue.queueUrl,
    });
  }
}

export const definition = defineStack({
  name: "sentinel",
  scope: "regional",
  accounts: "every",
  contract: sentinelContract,
  build: (scope, props) => new SentinelStack(scope, props),
});
