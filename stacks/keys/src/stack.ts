import { type Conditions } from "@landfall/identity";
import { Key } from "@landfall/keys";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { type Construct } from "constructs";
import { keysContract } from "./contract";

/** One customer key for each class of data. */
export class KeysStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const ownAccount: Conditions = { StringEquals: { "aws:SourceAccount": this.zone.account } };

    const logs = new Key(this, "Logs", {
      dataClass: "logs",
      description: "Logs: log groups and the log archive",
      viaServices: ["s3"],
      serviceUsers: [
        {
          service: `logs.${this.region}.amazonaws.com`,
          condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": this.arn("logs", "*") } },
        },
        { service: "delivery.logs.amazonaws.com", condition: ownAccount },
      ],
    });
    const data = new Key(this, "Data", {
      dataClass: "data",
      description: "Data at rest: buckets, tables and environment variables",
      viaServices: ["dynamodb", "lambda", "s3"],
    });
    const messages = new Key(this, "Messages", {
      dataClass: "messages",
      description: "Messages in flight: queues and topics",
      viaServices: ["sns", "sqs"],
      serviceUsers: [{ service: "events.amazonaws.com", condition: ownAccount }],
    });
    this.publish(keysContract, {
      logsKeyArn: logs.keyArn,
      dataKeyArn: data.keyArn,
      messagesKeyArn: messages.keyArn,
    });
  }
}

export const definition = defineStack({
  name: "keys",
  scope: "regional",
  contract: keysContract,
  build: (scope, props) => new KeysStack(scope, props),
});
