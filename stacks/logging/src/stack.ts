import { Key } from "@landfall/keys";
import { LogArchive } from "@landfall/logging";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { keysContract } from "@landfall/stack-keys/contract";
import { type Construct } from "constructs";
import { loggingContract } from "./contract";

/** Where logs are kept. */
export class LoggingStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const keys = this.consume(keysContract);
    const { archive, accessLogs } = new LogArchive(this, "LogArchive", {
      encryptionKey: Key.fromKeyArn(keys.logsKeyArn),
    });
    this.publish(loggingContract, {
      archiveBucketArn: archive.bucketArn,
      accessLogBucketName: accessLogs.bucketName,
    });
  }
}

export const definition = defineStack({
  name: "logging",
  scope: "regional",
  contract: loggingContract,
  build: (scope, props) => new LoggingStack(scope, props),
});
