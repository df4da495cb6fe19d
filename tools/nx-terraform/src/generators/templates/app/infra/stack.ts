import { signsFunctions } from "@landfall/core";
import { AppDashboard } from "@landfall/observability";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { bootstrapContract } from "@landfall/stack-bootstrap/contract";
import { deliveryContract } from "@landfall/stack-delivery/contract";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { networkContract } from "@landfall/stack-network/contract";
import { type Construct } from "constructs";
import { sampleAppContract } from "./contract";
import { SampleTaskFunction } from "./sample-task-function";

/** An event on the bus → queue → function → its row in a table. */
export class SampleAppStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const keys = this.consume(keysContract);
    const logging = this.consume(loggingContract);
    const network = this.consume(networkContract);
    this.permissionsBoundary(this.consume(bootstrapContract).workloadBoundaryArn);
    if (signsFunctions(this.zone)) this.codeSigning(this.consume(deliveryContract).codeSigningConfigArn);

    const sampleTask = new SampleTaskFunction(this, "SampleTask", { keys, logging, network });
    new AppDashboard(this, "Dashboard", {
      functions: [sampleTask.functionName],
      queues: [sampleTask.queue.queueArn, sampleTask.queue.deadLetterQueue.queueArn],
      tables: [sampleTask.table.tableName],
      alarms: sampleTask.alarmArns,
      metrics: [
        {
          title: "What became of events",
          dimensions: { service: this.definition.name },
          names: ["SampleTaskDone", "SampleTaskRepeated", "SampleTaskRefused", "SampleTaskFailed"],
        },
      ],
    });

    this.publish(sampleAppContract, {
      queueUrl: sampleTask.queue.queueUrl,
      deadLetterQueueUrl: sampleTask.queue.deadLetterQueue.queueUrl,
      tableName: sampleTask.table.tableName,
    });
  }
}

export const definition = defineStack({
  name: "sample-app",
  scope: "regional",
  accounts: ["workload"],
  contract: sampleAppContract,
  build: (scope, props) => new SampleAppStack(scope, props),
});
