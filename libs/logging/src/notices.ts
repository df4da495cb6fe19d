import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { type IKey } from "@landfall/keys";
import { type ITopic, Topic } from "@landfall/messaging";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

export interface NoticesProps {
  /** The key for messages: `cloudwatch` and `events` must be among its users. */
  readonly encryptionKey: IKey;
}

/**
 * What tells the zone's security contact, by e-mail, of the alarms and findings of an account and region. Alarms and rules
 * reach only a topic of their own region, so that each has one, and each asks the contact once to confirm.
 */
export class Notices extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: NoticesProps) {
    super(scope, id);
    const topic = new Topic(this, "Resource", { name: "notices", encryptionKey: props.encryptionKey });
    topic.allowService("cloudwatch.amazonaws.com");
    topic.allowService("events.amazonaws.com");
    new SnsTopicSubscription(this, "SecurityContact", {
      topicArn: topic.topicArn,
      protocol: "email",
      endpoint: ZoneStack.of(this).zone.contacts.security,
    });
    this.topic = topic;
  }
}
