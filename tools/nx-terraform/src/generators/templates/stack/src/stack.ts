import { Key } from "@landfall/keys";
import { LogGroup } from "@landfall/logging";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { keysContract } from "@landfall/stack-keys/contract";
import { type Construct } from "constructs";
import { sampleStackContract } from "./contract";

/** Replace the log group by what this stack is for, and this line by what that is. */
export class SampleStackStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const keys = this.consume(keysContract);
    const logs = new LogGroup(this, "Logs", {
      logGroupName: `/${this.resourceName("logGroup", this.region)}`,
      encryptionKey: Key.fromKeyArn(keys.logsKeyArn),
    });
    this.publish(sampleStackContract, { logGroupName: logs.logGroupName });
  }
}

export const definition = defineStack({
  name: "sample-stack",
  scope: "regional",
  accounts: "every",
  contract: sampleStackContract,
  build: (scope, props) => new SampleStackStack(scope, props),
});
