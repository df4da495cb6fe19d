import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type Queue } from "./queue";

export interface EventRuleProps {
  /** What it selects, e.g. `document-created`. */
  readonly name: string;
  readonly description: string;
  /**
   * The events it selects on the default bus, in EventBridge's pattern language.
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
   */
  readonly eventPattern: Readonly<Record<string, unknown>>;
  readonly target: Queue;
}

/** How long EventBridge tries to deliver an event before it goes to the dead-letter queue: its longest. */
export const DELIVERY = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 } as const;

/** Sends the selected events to a queue, and those that can't be delivered to the queue's dead-letter queue. */
export class EventRule extends Construct {
  readonly ruleArn: string;

  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const name = stack.resourceName("eventRule", props.name);
    // Spelt out, so that the queue's policy does not wait for the rule, which waits for nothing.
    this.ruleArn = stack.arn("events", `rule/${name}`);
    props.target.allowService("events.amazonaws.com", this.ruleArn);
    const rule = new CloudwatchEventRule(this, "Resource", {
      name,
      description: props.description,
      eventPattern: JSON.stringify(props.eventPattern),
    });
    new CloudwatchEventTarget(this, "Target", {
      rule: rule.name,
      arn: props.target.queueArn,
      deadLetterConfig: { arn: props.target.deadLetterQueue.queueArn },
      retryPolicy: DELIVERY,
    });
  }
}
